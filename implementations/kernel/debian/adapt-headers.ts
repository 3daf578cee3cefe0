// SPDX-License-Identifier: MIT
/** Makes the headers of a kernel package build modules where they were unpacked, with the compiler of this system. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from '../../system/apt';
import { findTool } from '../../system/command';
import type { KernelPackage } from './kernel-package';

/** Compiler that replaces the one of the package where this system lacks that. */
const COMPILER = 'gcc-12';

/**
 * Options of auto.conf that only select flags which COMPILER lacks. No other option may change: some change the
 * structures that the kernel and the module share.
 */
const NEWER_FLAGS = /^CONFIG_CC_(HAS_MIN_FUNCTION_ALIGNMENT|OPT_INLINE_MEMSET)=.*\n/gm;

/** Programs of linux-kbuild that need a newer libc than this system may have, with the suffix of the real program. */
const HOST_PROGRAMS = [
	['scripts/mod/modpost', 'real-lsb-64'],
	['tools/objtool/objtool', 'real-x86'],
] as const;

/** Throws Unavailable. */
export function adaptHeaders(what: KernelPackage): void {
	const { release, draft, final, options } = what;
	const headers = join(draft, `usr/src/linux-headers-${release}`);
	const edit = (name: string, change: (text: string) => string) =>
		writeFileSync(join(headers, name), change(readFileSync(join(headers, name), 'utf8')));
	// These two files name the folders where the packages would be installed; no other file has absolute paths.
	const relocate = (text: string) =>
		text.replaceAll(/\/usr\/(?=src\/|lib\/linux-)/g, `${final}/usr/`);
	edit('Makefile', relocate);
	edit('.kernelvariables', relocate);
	const [compiler = COMPILER] =
		/\bgcc-\d+/.exec(readFileSync(join(headers, '.kernelvariables'), 'utf8')) ?? [];
	if (!findTool(compiler)) {
		edit('.kernelvariables', (text) => text.replaceAll(compiler, COMPILER));
		edit('include/config/auto.conf', (text) => text.replace(NEWER_FLAGS, ''));
	}
	if (options.length > 0) wrapHostPrograms(what, headers);
}

/** Replaces programs by scripts that run them with the libraries of the suite that they come from. */
function wrapHostPrograms({ draft, final, options }: KernelPackage, headers: string): void {
	const own = HOST_PROGRAMS.map(([name, suffix]) => [join(headers, name), suffix] as const);
	const libraries = join(draft, 'libc');
	mkdirSync(libraries);
	unpack(libraries, ['libc6', 'libelf1t64', 'zlib1g', 'libzstd1'], options);
	const path = `${final}/libc/usr/lib/x86_64-linux-gnu`;
	const run = `exec '${path}/ld-linux-x86-64.so.2' --library-path '${path}'`;
	for (const [name, suffix] of own)
		if (existsSync(`${name}.${suffix}`))
			writeFileSync(name, `#!/bin/sh\n${run} "$0.${suffix}" "$@"\n`);
}
