// SPDX-License-Identifier: MIT
/**
 * The last step of a build: removes compiled files without a source, and compiles the library and the validators into
 * dist/precompiled. Leaves out files that are invalid, which commands then read from YAML and refuse.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { KnownFailureList } from '../known-failures/list';
import { ownLists } from '../known-failures/update-command';
import { compile } from '../library/compile';
import { compileToModule } from '../library/compile-schema';
import {
	type Compiled,
	type CompiledFile,
	compiledFiles,
	keyOf,
	pathsOf,
} from '../library/compiled';
import { InvalidFile } from '../library/diagnostic';
import { vectorFiles } from '../library/library';
import { loadVector } from '../library/load';
import { currentState, precompiledFolder, stateFile } from '../library/precompiled';
import { NO_ID } from '../library/rules/id-matches-file';
import { PRECOMPILED, schemaOf, validatorFile } from '../library/schemas';
import { libraryFingerprint } from '../library/shard';
import { YamlSource } from '../library/yaml-source';
import { signaturesOf } from '../start/signature';
import { packageRoot } from '../text/package-root';
import { removeOrphans } from './remove-orphans';

function compiledLibrary(): Compiled {
	const vectors = vectorFiles().filter((file) => isValid(file, loadVector));
	const lists = readdirSync(ownLists)
		.map((name) => join(ownLists, name))
		.filter((file) => isValid(file, KnownFailureList.check));
	const all = [...vectors, ...lists];
	// Before the files are read: one that changes meanwhile has another signature then.
	const signatures = signaturesOf(packageRoot, all);
	const keyed = all.map((file) => [file, keyOf(basename(file), readFileSync(file))] as const);
	const library = vectors
		.map(loadVector)
		.filter(({ vector }) => vector.id !== NO_ID)
		.sort((a, b) => (a.vector.id < b.vector.id ? -1 : 1));
	return {
		files: Object.fromEntries(keyed.map(([file, key]) => [key, compiled(file)])),
		keys: Object.fromEntries(keyed.map(([file, key]) => [relative(packageRoot, file), key])),
		signatures,
		fingerprint: libraryFingerprint(library.flatMap(compile)),
		vectors: library.length,
	};
}

function isValid(file: string, check: (file: string) => unknown): boolean {
	try {
		check(file);
		return true;
	} catch (error) {
		if (error instanceof InvalidFile) return false;
		throw error;
	}
}

function compiled(file: string): CompiledFile {
	const source = YamlSource.read(file);
	return {
		data: source.data,
		lines: [...pathsOf(source.data)].map((path) => source.line(path).line),
	};
}

removeOrphans();
rmSync(precompiledFolder, { recursive: true, force: true });
mkdirSync(precompiledFolder, { recursive: true });
writeFileSync(compiledFiles, JSON.stringify(compiledLibrary()));
for (const name of PRECOMPILED) writeFileSync(validatorFile(name), compileToModule(name, schemaOf));
writeFileSync(stateFile, JSON.stringify(currentState()));
