// SPDX-License-Identifier: MIT
/** What a test needs beyond Node.js and npm packages. A test without it is not run, and run-tests.ts counts it. */
import { findTool } from '../implementations/system/command';

/** Programs by name, with the Debian packages that install them. */
export const packages = {
	cc: 'gcc libc6-dev binutils',
	clang: 'clang',
	'aarch64-linux-gnu-gcc': 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross',
	'qemu-aarch64': 'qemu-user',
	git: 'git',
	perl: 'perl',
	ps: 'procps',
	python3: 'python3',
	xmllint: 'libxml2-utils',
	'cmark-gfm': 'cmark-gfm',
} as const;

/** Tests that take downloads or minutes: "npm test" leaves them to "npm run test:all". */
export const LATER = ['kernel source', 'live kernel', 'browser', 'herd7', 'lava', 'time'] as const;

export type Need = keyof typeof packages | (typeof LATER)[number];

/** Begins the reason of a test that is not run for want of a program. */
export const NOT_RUN = 'not-run:';
/** Begins the reason of a test that only "npm run test:all" runs. */
export const IN_ALL = 'test:all:';

const all = process.env.DAX_VECTORS_TESTS === 'all';

/**
 * Options of a tap test, such as t.test(name, needs('cc'), ...). With CI=true a program that is missing fails the test
 * that needs it: nothing is skipped there.
 */
export function needs(...names: readonly Need[]): { skip?: string } {
	for (const name of names) {
		const later = (LATER as readonly string[]).includes(name);
		if (later && !all) return { skip: `${IN_ALL} ${name}` };
		if (later || process.env.CI === 'true') continue;
		if (!findTool(name)) return { skip: `${NOT_RUN} ${name}` };
	}
	return {};
}
