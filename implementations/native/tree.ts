// SPDX-License-Identifier: MIT
/** Compiles a kernel tree's drivers/dax/super.c. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached, hashOf } from '../system/cache';
import { command } from '../system/command';
import { compile } from './compile';
import { ingredients } from './ingredients';
import { Lines, readTables, type Tables } from './lines';
import { type Missing, readTree, type Tree } from './probe';
import { type Reachable, reachable } from './replacements';
import type { Toolchain } from './toolchain';

export interface CompiledTree {
	/** Path of the shared object. */
	readonly path: string;
	readonly lines: Lines;
	/** Unknown words that the shared object replaces. */
	readonly unknown: readonly string[];
	/** Those that an execution can reach, in the order of the shim's numbers. */
	readonly reachable: Reachable;
	readonly missing: Missing;
}

/** Files of a cache entry, all of which are verified before each use. */
const OBJECT = 'tree.so';
const TABLES = 'lines.json';

/** The tables of a cache entry. */
interface Saved extends Tables {
	readonly unknown: readonly string[];
	readonly reachable: Reachable;
}

/** Compiles the tree of a folder, or finds it in the cache. Throws Unavailable. */
export const compileFolder = (path: string, toolchain: Toolchain): CompiledTree =>
	compileTree(readTree(resolve(path)), toolchain);

/** Compiles a tree, or finds it in the cache. Throws Unavailable. */
export function compileTree(tree: Tree, toolchain: Toolchain): CompiledTree {
	const inputs = [...ingredients(tree, toolchain), ...[...tree.files].flat()];
	const build = cached('native', hashOf(inputs), (draft) => {
		const { path, words } = compile(tree, toolchain, draft);
		const saved: Saved = {
			...tablesOf(path, [...tree.files.keys()]),
			unknown: [...new Set(words.map(({ word }) => word))],
			reachable: reachable(words),
		};
		for (const name of readdirSync(draft))
			if (name !== OBJECT) rmSync(join(draft, name), { recursive: true });
		writeFileSync(join(draft, TABLES), JSON.stringify(saved));
	});
	const saved = JSON.parse(readFileSync(join(build, TABLES), 'utf8')) as Saved;
	return {
		path: join(build, OBJECT),
		lines: new Lines(saved, saved.reachable),
		unknown: saved.unknown,
		reachable: saved.reachable,
		missing: tree.missing,
	};
}

function tablesOf(object: string, paths: readonly string[]): Tables {
	const decoded = command('objdump', ['--dwarf=decodedline', object]);
	const symbols = command('nm', [object]);
	return readTables(decoded, symbols, paths);
}
