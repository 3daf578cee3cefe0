// SPDX-License-Identifier: MIT
/** The programs that several tools are measured on, and functions to open and decide them. */
import type { Implementation } from '../../implementations/implementation';
import { type Options, decide as runnerDecide } from '../../runner/decide/decide';
import type { Case } from '../../runner/library/compile';
import { openLibrary } from '../../runner/library/library';
import { open } from '../../runner/registry';
import type { Result } from '../../schema/types/report';

/** Cases of put || get and kill || put || get. */
export const PUT_GET = 'DAXV-0001/fs_dax_get_by_bdev';
export const KILL_PUT_GET = 'DAXV-0002';
/** The revision whose fs_put_dax() clears the operations last, and the merged one. */
export const OLD = 'reference:v6.12-stable';
export const MERGED = 'reference';

export const options: Options = {
	order: 'any',
	preemptions: null,
	budget: 1_000_000,
	timeout: 60_000,
};

let library: Promise<readonly Case[]> | undefined;

export function allCases(): Promise<readonly Case[]> {
	library ??= openLibrary().then(({ cases }) => cases);
	return library;
}

export async function caseOf(id: string): Promise<Case> {
	const found = (await allCases()).find((test) => test.id === id);
	if (!found) throw new Error(`the library has no ${id}: choose another case to measure`);
	return found;
}

export const implementationOf = (address: string): Implementation => open(address)[0]!;

/** Explores and judges a case completely, as the command run does. */
export const decide = (
	test: Case,
	implementation: Implementation,
	more: Partial<Options> = {},
): Promise<Result> => runnerDecide(test, implementation, { ...options, ...more });
