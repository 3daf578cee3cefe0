// SPDX-License-Identifier: MIT
/** Programs, downloads and time that tests need beyond Node.js and npm packages. run-tests.ts counts tests without them. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type t from 'tap';
import { findTool } from '../implementations/system/command';
import requirements from './needs.json';

interface Requirement {
	/** Names of programs, or absolute paths. */
	readonly programs: readonly string[];
	/** Debian packages that install them. */
	readonly debian: string;
	/** Only "npm run test:all" runs such tests, because they download, boot a kernel, drive a browser or take minutes. */
	readonly later?: boolean;
}

/** Also read by .ci/run, which installs all packages. */
export const REQUIREMENTS: Readonly<Record<Need, Requirement>> = requirements as Record<
	Need,
	Requirement
>;

export type Need = keyof typeof requirements;

/** Begins the reason of a test that is not run for want of a program. */
export const NOT_RUN = 'not-run: ';
/** Begins the reason of a test that only "npm run test:all" runs. */
export const IN_ALL = 'test:all: ';

/** Tests to run: all of them, or only those that "npm test" leaves to "npm run test:all". */
const part = process.env.DAX_VECTORS_TESTS as 'all' | 'rest' | undefined;

const isInstalled = (program: string): boolean =>
	isAbsolute(program) ? existsSync(program) : findTool(program) !== undefined;

const isPresent = (name: Need): boolean => REQUIREMENTS[name].programs.every(isInstalled);

/** Options of a tap test, as in t.test(name, needs('cc'), ...). */
export function needs(...names: readonly Need[]): {
	skip?: string;
	only?: boolean;
	runOnly?: boolean;
} {
	const later = names.find((name) => REQUIREMENTS[name].later);
	if (later && part === undefined) return { skip: IN_ALL + later };
	const missing = names.find((name) => !isPresent(name));
	if (missing) return { skip: NOT_RUN + missing };
	// With tap's --only, runs this test with all of its subtests.
	return later && part === 'rest' ? { only: true, runOnly: false } : {};
}

/** True if tests with these needs run: for what a file prepares for them. */
export const willRun = (...names: readonly Need[]): boolean => needs(...names).skip === undefined;

/**
 * Skips all tests of a file that prepares something for them as it is loaded, and ends its process. Called before the
 * preparation. file: its path, from which the tests are counted.
 */
export function fileNeeds(root: typeof t, file: string, ...names: readonly Need[]): void {
	const { skip, runOnly } = needs(...names);
	if (skip === undefined) {
		if (runOnly !== undefined) root.runOnly = runOnly;
		return;
	}
	const tests = readFileSync(file, 'utf8').match(/^\s*tap_1\.default\.test\(/gm) ?? [];
	for (const index of tests.keys()) root.test(`test ${index + 1}`, { skip }, () => {});
	process.exit();
}
