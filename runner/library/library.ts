// SPDX-License-Identifier: MIT
/** Opens the library: all vectors of a folder, loaded and compiled. */
import { readdirSync, realpathSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { packageRoot } from '../text/package-root';
import { type Case, compile } from './compile';
import { compiledFingerprint } from './compiled';
import { type Diagnostic, InvalidFile, refusal } from './diagnostic';
import { loadCompiled, loadVector, type VectorFile } from './load';
import { NO_ID } from './rules/id-matches-file';
import { knowFingerprint } from './shard';

/** The vectors of the package. */
export const libraryFolder = join(packageRoot, 'vectors');

export interface Library {
	readonly files: readonly VectorFile[];
	readonly cases: readonly Case[];
	/** Paths of unfinished vectors, which are not among the files. */
	readonly drafts: readonly string[];
}

/**
 * Opens the library of a folder, with the vectors that the build compiled and that have not changed. Leaves out drafts:
 * files that are invalid or have no id, and whose names the ledger does not have. Throws InvalidFile with the
 * diagnostics of all other files.
 */
export async function openLibrary(folder = libraryFolder): Promise<Library> {
	const { files, invalid } = readFiles(folder, loadCompiled);
	const unnamed = files.filter(({ vector }) => vector.id === NO_ID);
	const drafts = unnamed.map(({ source }) => source.file);
	const diagnostics: Diagnostic[] = [];
	if (invalid.length > 0) {
		const { readLedger } = require('./ledger') as typeof import('./ledger');
		const { ids } = readLedger(folder).ledger;
		for (const { file, error } of invalid)
			if (Object.hasOwn(ids, basename(file, extname(file)))) diagnostics.push(...error.diagnostics);
			else drafts.push(relative(process.cwd(), file));
	}
	const finished = unnamed.length === 0 ? files : files.filter((file) => !unnamed.includes(file));
	diagnostics.push(...duplicateIds(finished));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	const cases = finished.flatMap(compile);
	const built =
		finished.every(({ source }) => source.isCompiled) && compiledFingerprint(finished.length);
	if (built) knowFingerprint(cases, built);
	return { files: finished, cases, drafts: drafts.sort() };
}

/** Lists the files of a folder that are vectors, by path; throws InvalidFile for a link that leads out of the folder. */
export function vectorFiles(folder = libraryFolder): string[] {
	return [...walk(folder, realpathSync(folder))].sort();
}

/** Folders and files at the top of a library that hold no vectors. */
const OTHERS = ['ledger.yaml', 'known-failures', 'profiles'];

/** Any other YAML file counts as a vector, so that none is skipped silently. */
function* walk(folder: string, root: string, leaveOut = OTHERS): Generator<string> {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (entry.name.startsWith('.') || leaveOut.includes(entry.name)) continue;
		const path = `${folder}/${entry.name}`;
		if (entry.isSymbolicLink()) refuseOutside(path, root);
		if (entry.isDirectory()) yield* walk(path, root, []);
		else if (/\.ya?ml$/.test(entry.name)) yield path;
	}
}

/** Diagnostics quote files and lint --fix rewrites them: both must stay within the library. */
function refuseOutside(path: string, root: string): void {
	if (!relative(root, realpathSync(path)).startsWith('..')) return;
	const hint = 'Put the file itself into the library.';
	const shown = relative(process.cwd(), path);
	throw refusal('E_READ', { file: shown }, 'a link that leads out of the library', hint);
}

/**
 * Loads the vectors of a folder from YAML, drafts too, ascending by id; throws InvalidFile with the diagnostics of all
 * files.
 */
export async function loadLibrary(
	folder = libraryFolder,
	load: (file: string) => VectorFile = loadVector,
): Promise<VectorFile[]> {
	const { files, invalid } = readFiles(folder, load);
	const diagnostics = invalid.flatMap(({ error }) => error.diagnostics);
	diagnostics.push(...duplicateIds(files));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return files;
}

interface Invalid {
	readonly file: string;
	readonly error: InvalidFile;
}

/** The vectors of a folder, ascending by id, and the files that are refused. */
function readFiles(
	folder: string,
	load: (file: string) => VectorFile,
): { files: VectorFile[]; invalid: Invalid[] } {
	const names = vectorFiles(folder);
	if (names.length === 0) {
		const hint = 'Name a folder that holds vectors.';
		throw refusal('E_READ', { file: folder }, 'no vector in this folder', hint);
	}
	const files: VectorFile[] = [];
	const invalid: Invalid[] = [];
	for (const name of names) {
		try {
			files.push(load(name));
		} catch (error) {
			if (!(error instanceof InvalidFile)) throw error;
			invalid.push({ file: name, error });
		}
	}
	files.sort((a, b) => (a.vector.id < b.vector.id ? -1 : 1));
	return { files, invalid };
}

function* duplicateIds(sorted: readonly VectorFile[]): Generator<Diagnostic> {
	for (const [index, { source, vector }] of sorted.entries()) {
		const other = sorted[index - 1];
		if (other?.vector.id !== vector.id || vector.id === NO_ID) continue;
		const message = `${vector.id} is also the id of ${other.source.file}`;
		const hint = 'Take the next free id: an id is never used twice.';
		yield source.diagnose(['id'], { code: 'E_DUPLICATE_ID', message, hint });
	}
}
