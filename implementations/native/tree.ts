// SPDX-License-Identifier: MIT
/** A kernel tree's drivers/dax/super.c: what it has, found by looking at the files, and how it is compiled. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { cached } from './cache';
import { Lines, readTables, type Tables } from './lines';
import { notRun, skip } from './obstacle';
import { contents, shimFolder } from './sources';
import { CommandError, command, type Toolchain } from './toolchain';
import { calls } from './words';

export interface CompiledTree {
	/** The shared object. */
	readonly path: string;
	readonly lines: Lines;
}

/** Files of a tree by their path within it. */
type Files = ReadonlyMap<string, string>;

const SUPER = 'drivers/dax/super.c';
const DAX_H = 'include/linux/dax.h';
const KCONFIG_H = 'include/linux/kconfig.h';

const COMMON_FLAGS = [
	'-g1',
	// With DWARF 5, binutils of 2022 name the wrong file for half of the lines.
	'-gdwarf-4',
	'-std=gnu11',
	'-fPIC',
	'-fvisibility=hidden',
	'-fno-strict-aliasing',
	'-fno-delete-null-pointer-checks',
	'-fwrapv',
	'-fno-common',
	'-fno-builtin',
	'-fno-stack-protector',
	'-fno-omit-frame-pointer',
	'-fno-optimize-sibling-calls',
	'-nostdinc',
];

/** Higher levels merge accesses that the source makes twice. */
const TREE_FLAGS = ['-O0', '-fsanitize=thread', '-Werror=implicit-function-declaration'];

const INSTRUMENTATION = {
	gcc: ['--param=tsan-distinguish-volatile=1', '--param=tsan-instrument-func-entry-exit=0'],
	clang: [
		'tsan-distinguish-volatile=1',
		'tsan-instrument-func-entry-exit=0',
		'tsan-instrument-read-before-write=1',
	].flatMap((option) => ['-mllvm', `-${option}`]),
};

const SHIM_FLAGS = ['-O1', '-ffreestanding'];

// No RELRO: the machine copies the whole writable segment back.
const LINK_FLAGS = [
	'-shared',
	'-nostdlib',
	'-Wl,-z,now',
	'-Wl,-z,defs',
	'-Wl,-z,norelro',
	'-Wl,-Bsymbolic',
];

/** Compiles a tree, or finds it compiled. Throws ObstacleError. */
export function compileTree(path: string, toolchain: Toolchain): CompiledTree {
	const folder = resolve(path);
	const files = readTree(folder);
	const defines = probe(files);
	const flags = [...TREE_FLAGS, ...INSTRUMENTATION[toolchain.family], ...defines];
	const inputs = [
		toolchain.version,
		...COMMON_FLAGS,
		...flags,
		...LINK_FLAGS,
		...contents(shimFolder),
	];
	const build = cached([...inputs, ...[...files].flat()], (draft) => {
		const build = { draft, folder, files, toolchain };
		try {
			writeTables(build, link(build, flags));
		} catch (error) {
			if (!(error instanceof CommandError)) throw error;
			throw notRun(explain(error.output, folder));
		}
	});
	const tables = JSON.parse(readFileSync(join(build, 'lines.json'), 'utf8')) as Tables;
	return { path: join(build, 'tree.so'), lines: new Lines(tables) };
}

function readTree(folder: string): Files {
	if (!existsSync(join(folder, SUPER)))
		throw notRun(`${folder} has no ${SUPER}: give the path of a kernel tree`);
	const headers = readdirSync(join(folder, 'drivers/dax'))
		.filter((name) => name.endsWith('.h'))
		.map((name) => `drivers/dax/${name}`);
	const paths = [SUPER, DAX_H, KCONFIG_H, ...headers.sort()];
	return new Map(
		paths
			.filter((path) => existsSync(join(folder, path)))
			.map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
	);
}

/** What of the contract the tree has, as definitions for shim/tree.c. Looks at the files, never at a version. */
function probe(files: Files): string[] {
	const source = withoutComments(files.get(SUPER)!);
	if (!/\bholder_data\b/.test(source))
		throw skip('a tree from before v6.0: no holders (8012b8660855 brought them)');
	const has = (name: string): boolean =>
		new RegExp(`\\b${name}\\s*\\([^;{}]*\\)\\s*\\{`).test(source);
	const driver = withoutComments(files.get('drivers/dax/bus.h') ?? '');
	const fsdev = /\bDAXDRV_FSDEV_TYPE\b/.test(driver) && /#include "bus.h"/.test(source);
	const options = new Set([
		...['CONFIG_BLOCK', 'CONFIG_DAX', 'CONFIG_FS_DAX', 'CONFIG_MEMORY_FAILURE'],
		...(source.match(/\bCONFIG_\w*DAX\w*/g) ?? []),
	]);
	return [
		...calls.filter(has).map((name) => `-DDV_HAVE_${name.toUpperCase()}`),
		...(fsdev ? ['-DDV_HAVE_FSDEV'] : []),
		...[...options].map((option) => `-D${option}=1`),
		'-D__KERNEL__',
	];
}

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');

interface Build {
	readonly draft: string;
	readonly folder: string;
	readonly files: Files;
	readonly toolchain: Toolchain;
}

/** Compiles the tree with instrumentation, the shim without, and links both; gives the shared object. */
function link({ draft, folder, files, toolchain }: Build, flags: readonly string[]): string {
	const [program, ...first] = toolchain.cc as [string, ...string[]];
	const stubs = writeStubs(draft, folder, files);
	const include = [KCONFIG_H, join(shimFolder, 'vocabulary.h')];
	const compile = (name: string, more: readonly string[]): string => {
		const object = join(draft, `${name}.o`);
		const source = join(shimFolder, `${name}.c`);
		const common = [...first, ...COMMON_FLAGS, `-I${stubs}`];
		command(program, [...common, ...more, '-c', source, '-o', object]);
		return object;
	};
	const kconfig = files.has(KCONFIG_H) ? ['-include', join(folder, include[0]!)] : [];
	const objects = [
		compile('tree', [
			...flags,
			...kconfig,
			'-include',
			include[1]!,
			`-DDV_SUPER_C="${join(folder, SUPER)}"`,
		]),
		compile('kernel', SHIM_FLAGS),
		compile('tsan', SHIM_FLAGS),
	];
	const object = join(draft, 'tree.so');
	command(program, [...first, ...LINK_FLAGS, ...objects, '-o', object]);
	return object;
}

/** Empty files for the headers that the tree's files name: their words are in the vocabulary. */
function writeStubs(draft: string, folder: string, files: Files): string {
	const stubs = join(draft, 'stubs');
	const names = [...files.values()].flatMap((text) =>
		[...text.matchAll(/^\s*#\s*include\s*<([\w./-]+)>/gm)].map(([, name]) => name!),
	);
	for (const name of ['stddef.h', 'stdint.h', ...names]) {
		const file = join(stubs, name);
		if (relative(stubs, file).startsWith('..')) continue;
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, '');
	}
	writeFileSync(join(stubs, 'linux/dax.h'), `#include "${join(folder, DAX_H)}"\n`);
	return stubs;
}

function writeTables({ draft, files }: Build, object: string): void {
	const decoded = command('objdump', ['--dwarf=decodedline', object]);
	const symbols = command('nm', [object]);
	const tables = readTables(decoded, symbols, [...files.keys()]);
	writeFileSync(join(draft, 'lines.json'), JSON.stringify(tables));
}

/** The compiler's first error, and what to do about it. */
function explain(output: string, folder: string): string {
	const lines = output.split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
	const first = lines.find((line) => /error:|undefined reference|undefined symbol/.test(line));
	const name = NAMES.map((pattern) => pattern.exec(first ?? '')?.[1]).find(Boolean);
	const advice = name
		? `this tree needs ${name} in implementations/native/shim/vocabulary.h`
		: 'the tree does not compile';
	return `${first?.trim() ?? lines[0]}; ${advice}`;
}

/** How gcc, clang and ld name what they do not know. */
const NAMES = [
	/unknown type name [‘'`"](\w+)/,
	/implicit declaration of function [‘'`"](\w+)/,
	/undeclared function [‘'`"](\w+)/,
	/[‘'`"](\w+)[’'"] undeclared/,
	/undeclared identifier [‘'`"](\w+)/,
	/has no member named [‘'`"](\w+)/,
	/no member named [‘'`"](\w+)/,
	/undefined reference to [‘'`"](\w+)/,
	/undefined symbol: (\w+)/,
	/storage size of [‘'`"](\w+)[’'"] isn/,
	/[‘'`"](?:struct |union |enum )?(\w+)[’'"] (?:has|with|is an) incomplete type/,
	/incomplete type [‘'`"](?:struct |union |enum )?(\w+)/,
];
