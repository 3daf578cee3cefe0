// SPDX-License-Identifier: MIT
/**
 * YAML files as the build compiled them: their data and line numbers. A file is one of them while its name and bytes are
 * those that the build read and checked, so a changed or added file is never taken for one. It is not read while its
 * signature is the one that the build saw.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Signatures, signatureOf } from '../start/signature';
import { packageRoot } from '../text/package-root';
import { isPrecompiled, precompiledFolder } from './precompiled';

export interface CompiledFile {
	readonly data: unknown;
	/** Line of the key of each value, from 1: first of the whole file, then of its values, in the order of the data. */
	readonly lines: readonly number[];
}

/** Everything that the build compiled. */
export interface Compiled {
	/** By name and content. */
	readonly files: Readonly<Record<string, CompiledFile>>;
	/** Name and content of each file, by its path within the package, as long as it has this signature. */
	readonly keys: Readonly<Record<string, string>>;
	readonly signatures: Signatures;
	/** Fingerprint of the library that these vectors are. */
	readonly fingerprint: string;
	readonly vectors: number;
}

export const compiledFiles = join(precompiledFolder, 'library.json');

let opened: Compiled | undefined;

/** A file as the build compiled it, undefined if the build did not or it has changed. */
export function compiledFile(path: string, bytes: () => Uint8Array): CompiledFile | undefined {
	const { files, keys, signatures } = compiled();
	const own = path.startsWith(packageRoot) ? path.slice(packageRoot.length + 1) : path;
	const key = keys[own];
	if (key !== undefined && signatures[own] && signatureOf(path) === signatures[own])
		return files[key];
	return files[keyOf(basename(path), bytes())];
}

/** Fingerprint of a library that consists of compiled vectors only, so many; undefined unless it is that of the build. */
export function compiledFingerprint(vectors: number): string | undefined {
	return compiled().vectors === vectors ? compiled().fingerprint : undefined;
}

/** Name and content: a rule compares the id with the name. */
export function keyOf(name: string, bytes: Uint8Array): string {
	const { createHash } = require('node:crypto') as typeof import('node:crypto');
	return `${name} ${createHash('sha1').update(bytes).digest('base64')}`;
}

function compiled(): Compiled {
	opened ??=
		isPrecompiled() && existsSync(compiledFiles)
			? (JSON.parse(readFileSync(compiledFiles, 'utf8')) as Compiled)
			: { files: {}, keys: {}, signatures: {}, fingerprint: '', vectors: 0 };
	return opened;
}

/** Line of the key at a path; if nothing is there, of its nearest parent. */
export function lineOf({ data, lines }: CompiledFile, path: readonly (string | number)[]): number {
	let index = 0;
	let value = data;
	for (const step of path) {
		const entries = entriesOf(value);
		const position = entries.findIndex(([key]) => key === String(step));
		if (position < 0) break;
		for (const [, before] of entries.slice(0, position)) index += countOf(before);
		index++;
		value = entries[position]?.[1];
	}
	return lines[index] ?? 0;
}

/** Number of values in a value, with itself. */
const countOf = (value: unknown): number =>
	entriesOf(value).reduce((count, [, each]) => count + countOf(each), 1);

/** Paths of all values, in the order of CompiledFile.lines. */
export function* pathsOf(
	value: unknown,
	path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
	yield path;
	for (const [key, each] of entriesOf(value))
		yield* pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]);
}

const entriesOf = (value: unknown): [string, unknown][] =>
	value !== null && typeof value === 'object' ? Object.entries(value) : [];
