// SPDX-License-Identifier: MIT
/**
 * The last step of a build: removes compiled files without a source, and compiles the library and the validators into
 * dist/precompiled. Leaves out files that are invalid, which commands then read from YAML and refuse.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { KnownFailureList } from '../known-failures/list';
import { ownLists } from '../known-failures/update-command';
import { compileToModule } from '../library/compile-schema';
import { type CompiledFile, compiledFiles, keyOf, pathsOf } from '../library/compiled';
import { InvalidFile } from '../library/diagnostic';
import { vectorFiles } from '../library/library';
import { loadVector } from '../library/load';
import { currentState, precompiledFolder, stateFile } from '../library/precompiled';
import { PRECOMPILED, schemaOf, validatorFile } from '../library/schemas';
import { YamlSource } from '../library/yaml-source';
import { removeOrphans } from './remove-orphans';

function* compiledLibrary(): Generator<[key: string, CompiledFile]> {
	const lists = readdirSync(ownLists).map((name) => join(ownLists, name));
	for (const [files, check] of [
		[vectorFiles(), loadVector],
		[lists, KnownFailureList.check],
	] as const)
		for (const file of files)
			if (isValid(file, check)) yield [keyOf(basename(file), readFileSync(file)), compiled(file)];
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
writeFileSync(compiledFiles, JSON.stringify(Object.fromEntries(compiledLibrary())));
for (const name of PRECOMPILED) writeFileSync(validatorFile(name), compileToModule(name, schemaOf));
writeFileSync(stateFile, JSON.stringify(currentState()));
