// SPDX-License-Identifier: MIT
/**
 * YAML files as the build compiled them: their data and line numbers. A file is one of them while its name and bytes are
 * those that the build read and checked, so a changed or added file is never taken for one.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPrecompiled, precompiledFolder } from './precompiled';

export interface CompiledFile {
	readonly data: unknown;
	/** Line of the key of each value, from 1: first of the whole file, then of its values, in the order of the data. */
	readonly lines: readonly number[];
}

export type CompiledFiles = Readonly<Record<string, CompiledFile>>;

export const compiledFiles = join(precompiledFolder, 'library.json');

let known: CompiledFiles | undefined;

export function compiledFile(name: string, bytes: Uint8Array): CompiledFile | undefined {
	known ??= read();
	return known[keyOf(name, bytes)];
}

/** Name and content: a rule compares the id with the name. */
export const keyOf = (name: string, bytes: Uint8Array): string =>
	`${name} ${createHash('sha1').update(bytes).digest('base64')}`;

function read(): CompiledFiles {
	if (!isPrecompiled() || !existsSync(compiledFiles)) return {};
	return JSON.parse(readFileSync(compiledFiles, 'utf8'));
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
