// SPDX-License-Identifier: MIT
/**
 * Files that the build computes ahead, so that a command need not: dist/precompiled. They are used only while code and
 * schemas are those of the build; without them, or in the sources, everything is computed as before.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areCurrent, type Signatures, signaturesOf } from '../start/signature';
import { packageRoot } from '../text/package-root';

export const precompiledFolder = join(__dirname, '../../precompiled');

/** Written last: the state of code and schemas that the other files were computed from. */
export const stateFile = join(precompiledFolder, 'state.json');

/** Written by tsc with a hash of every source file. An installed package does not have it: its code never changes. */
const compilerState = join(__dirname, '../../.tsbuildinfo');

export interface State {
	/** Null where it is not known. */
	readonly code: string | null;
	readonly schemas: string;
	/** Signatures of what both were computed from: while these are the same, nothing is read. */
	readonly signatures: Signatures;
}

export function currentState(): State {
	const folder = join(packageRoot, 'schema');
	const schemas = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => join(folder, name));
	return {
		code: existsSync(compilerState) ? hashOf([compilerState]) : null,
		schemas: hashOf(schemas),
		signatures: signaturesOf(packageRoot, [folder, ...schemas, compilerState]),
	};
}

function hashOf(files: readonly string[]): string {
	// Not loaded by commands that find everything as the build left it.
	const { createHash } = require('node:crypto') as typeof import('node:crypto');
	const hash = createHash('sha1');
	for (const file of files) hash.update(readFileSync(file));
	return hash.digest('hex');
}

let current: boolean | undefined;

/** True if the precompiled files belong to the code and schemas that run. */
export function isPrecompiled(): boolean {
	current ??= existsSync(stateFile) && belongs(JSON.parse(readFileSync(stateFile, 'utf8')));
	return current;
}

function belongs(built: State): boolean {
	if (areCurrent(packageRoot, built.signatures)) return true;
	const { code, schemas } = currentState();
	return schemas === built.schemas && (code === null || code === built.code);
}
