// SPDX-License-Identifier: MIT
/** Loads vectors. What a vector says is trusted only after its file was read, validated and put to every rule. */
import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Vector } from '../../schema/types/vector';
import { packageRoot } from '../text/package-root';
import { type Diagnostic, InvalidFile, SHOWN } from './diagnostic';
import { refusal } from './place';
import { stages } from './rules';
import { noBlanks } from './rules/no-blanks';
import type { VectorFile } from './rules/rule';
import { validator } from './schemas';
import { validate } from './validate';
import { variantsOf } from './variants';
import { Source } from './yaml-source';

export type { VectorFile };

/** The vectors that come with the package. */
export const libraryFolder = join(packageRoot, 'vectors');

/** Loads one file; throws InvalidFile. */
export function loadVector(file: string): VectorFile {
	return check(Source.read(file));
}

/** Loads the bytes of a file; throws InvalidFile. */
export function parseVector(file: string, bytes: Uint8Array): VectorFile {
	return check(Source.parse(file, bytes));
}

/** The files of a folder that are vectors, by path; throws InvalidFile where one is elsewhere. */
export async function vectorFiles(folder = libraryFolder): Promise<string[]> {
	const { globby } = await import('globby');
	// Whatever is not known to be something else is a vector, or wants to be: none is passed over in silence.
	const patterns = ['**/*.{yaml,yml}', '!ledger.yaml', '!known-failures/**', '!profiles/**'];
	const files = (await globby(patterns, { cwd: folder, absolute: true })).sort();
	// What is complained of is shown, and fmt writes: neither is for files that only a link makes part of the library.
	const root = realpathSync(folder);
	const outside = files.find((file) => relative(root, realpathSync(file)).startsWith('..'));
	if (outside === undefined) return files;
	const hint = 'Put the file itself into the library.';
	const shown = relative(process.cwd(), outside);
	throw refusal('E_READ', { file: shown }, 'a link that leads out of the library', hint);
}

/** Loads a folder of vectors, ascending by id; throws InvalidFile with everything that is wrong. */
export async function loadLibrary(folder = libraryFolder): Promise<VectorFile[]> {
	const names = await vectorFiles(folder);
	if (names.length === 0) {
		const hint = 'Name a folder that holds vectors.';
		throw refusal('E_READ', { file: folder }, 'no vector in this folder', hint);
	}
	const files: VectorFile[] = [];
	const diagnostics: Diagnostic[] = [];
	for (const name of names) {
		try {
			files.push(loadVector(name));
		} catch (error) {
			if (!(error instanceof InvalidFile)) throw error;
			diagnostics.push(...error.diagnostics);
		}
	}
	files.sort((a, b) => (a.vector.id < b.vector.id ? -1 : 1));
	for (const [index, { source, vector }] of files.entries()) {
		const other = files[index - 1];
		if (other?.vector.id !== vector.id) continue;
		const hint = 'An id is never given out twice: take the next free one.';
		const message = `${vector.id} is also the id of ${other.source.file}`;
		diagnostics.push(source.at(['id'], 'E_DUPLICATE_ID', message, hint));
	}
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return files;
}

function check(source: Source): VectorFile {
	// A blank is no wrong value: what belongs there is said, not what a schema makes of it.
	const blanks = [...noBlanks(source)];
	if (blanks.length > 0) throw new InvalidFile(blanks.slice(0, SHOWN));
	const invalid = validate(source, validator('vector'));
	if (invalid.length > 0) throw new InvalidFile(invalid);
	const vector = source.data as Vector;
	const variants = vector.status === 'retired' ? [] : variantsOf(vector);
	const file: VectorFile = { source, vector, variants };
	for (const rules of stages) {
		const broken = rules.flatMap((rule) => [...rule(file)]);
		if (broken.length > 0) throw new InvalidFile(distinct(broken).slice(0, SHOWN));
	}
	return file;
}

/** The first of what is said about one place: a mistake is found again in every variant. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
	const places = new Map<string, Diagnostic>();
	for (const diagnostic of diagnostics) {
		const place = `${diagnostic.code} ${diagnostic.line} ${diagnostic.column}`;
		if (!places.has(place)) places.set(place, diagnostic);
	}
	return [...places.values()];
}
