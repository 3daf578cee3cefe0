// SPDX-License-Identifier: MIT
/** Compiles a tree and the shim to one shared object. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { command } from '../system/command';
import { explainCompileError } from './compile-error';
import { DAX_H, KCONFIG_H, SUPER, type Tree } from './probe';
import { contents, machineFolder, shimFolder } from './sources';
import type { Toolchain } from './toolchain';

/** The file of the shim that includes the tree's super.c. */
const TREE_C = 'tree.c';

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

/** -O0, because higher levels merge two accesses of the source into one. */
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

/** Inputs of a build besides the tree's files, for its name in the cache. */
export function ingredients({ defines }: Tree, { cc, version, family }: Toolchain): string[] {
	return [
		...cc,
		version,
		...COMMON_FLAGS,
		...TREE_FLAGS,
		...INSTRUMENTATION[family],
		...defines,
		...SHIM_FLAGS,
		...LINK_FLAGS,
		...contents(shimFolder),
		// The shim includes headers of the machine.
		...contents(machineFolder),
	];
}

/**
 * Compiles the tree with instrumentation and the shim without, and links both. Gives the path of the shared object.
 * Throws Unavailable.
 */
export function compile(tree: Tree, { cc, family }: Toolchain, draft: string): string {
	const [program, ...first] = cc;
	const explain = (output: string) => explainCompileError(output, tree.folder);
	const common = [...first, ...COMMON_FLAGS, `-I${writeStubs(tree, draft)}`];
	const instrumented = join(draft, 'tree.o');
	const treeArguments = [
		...common,
		...TREE_FLAGS,
		...INSTRUMENTATION[family],
		...inclusion(tree),
		...['-c', join(shimFolder, TREE_C), '-o', instrumented],
	];
	command(program, treeArguments, { explain });
	const shim = contents(shimFolder).filter((name) => /^\w+\.c$/.test(name) && name !== TREE_C);
	const object = join(draft, 'tree.so');
	const linkArguments = [
		...common,
		...SHIM_FLAGS,
		...LINK_FLAGS,
		...shim.map((name) => join(shimFolder, name)),
		...[instrumented, '-o', object],
	];
	command(program, linkArguments, { explain });
	return object;
}

/** Options that include the tree's own files in shim/tree.c. */
function inclusion({ folder, files, defines }: Tree): string[] {
	const headers = [
		...(files.has(KCONFIG_H) ? [join(folder, KCONFIG_H)] : []),
		join(shimFolder, 'vocabulary.h'),
	];
	return [
		...defines,
		...headers.flatMap((header) => ['-include', header]),
		`-DDV_SUPER_C="${join(folder, SUPER)}"`,
	];
}

/** Writes an empty file for each header that the tree includes, because vocabulary.h declares what they would. */
function writeStubs({ folder, files }: Tree, draft: string): string {
	const stubs = join(draft, 'stubs');
	const names = [...files.values()].flatMap((text) =>
		[...text.matchAll(/^\s*#\s*include\s*<([\w./-]+)>/gm)].map(([, name = '']) => name),
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
