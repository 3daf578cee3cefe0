// SPDX-License-Identifier: MIT
/** Compiles a kernel tree's drivers/dax/super.c. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached, hashOf } from '../system/cache';
import { command } from '../system/command';
import { compile, ingredients } from './compile';
import { Lines, readTables, type Tables } from './lines';
import { readTree } from './probe';
import type { Toolchain } from './toolchain';

export interface CompiledTree {
	/** Path of the shared object. */
	readonly path: string;
	readonly lines: Lines;
}

/** Compiles a tree, or finds it in the cache. Throws Unavailable. */
export function compileTree(path: string, toolchain: Toolchain): CompiledTree {
	const tree = readTree(resolve(path));
	const inputs = [...ingredients(tree, toolchain), ...[...tree.files].flat()];
	const build = cached('native', hashOf(inputs), (draft) => {
		const tables = tablesOf(compile(tree, toolchain, draft), [...tree.files.keys()]);
		writeFileSync(join(draft, 'lines.json'), JSON.stringify(tables));
	});
	const tables = JSON.parse(readFileSync(join(build, 'lines.json'), 'utf8')) as Tables;
	return { path: join(build, 'tree.so'), lines: new Lines(tables) };
}

function tablesOf(object: string, paths: readonly string[]): Tables {
	const decoded = command('objdump', ['--dwarf=decodedline', object]);
	const symbols = command('nm', [object]);
	return readTables(decoded, symbols, paths);
}
