// SPDX-License-Identifier: MIT
/** Judges small edits of a tree's super.c: a vector fails an edit if an expectation fails that holds without it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNative } from '../../implementations/native';
import { decide, type Options } from '../../runner/decide/decide';
import type { Case } from '../../runner/library/compile';
import { library, OPTIONS } from '../cases';
import { debianTree, type Version } from './debian';
import { editedTree, SUPER } from './edits';
import { type SmallEdit, smallEdits } from './small-edits';

/**
 * killed: a vector fails that edit, by its id and expectation; unfit: the tree does not compile or boot, so that no vector
 * has a verdict; alive: no vector tells the edit from the file.
 */
export type Fate =
	| { readonly fate: 'killed'; readonly by: string }
	| { readonly fate: 'unfit'; readonly by: string }
	| { readonly fate: 'alive' };

/** Limits of one case: an edit may make it endless. */
const LIMITS: Options = { ...OPTIONS, budget: 20_000, timeout: 10_000 };

/** Judges the edits of the named functions of a Debian tree, one after the other. */
export async function* judgeEdits(
	version: Version,
	functions: readonly string[],
): AsyncGenerator<{ readonly edit: SmallEdit; readonly result: Fate }> {
	const folder = editedTree(debianTree(version), mkdtempSync(join(tmpdir(), 'dax-edits-')), []);
	const cases = [...(await library())];
	const original = readFileSync(join(folder, SUPER), 'utf8');
	const known = await failuresOf(folder, cases);
	for (const edit of smallEdits(original, functions)) {
		writeFileSync(join(folder, SUPER), edit.text);
		yield { edit, result: await judge(folder, cases, known) };
	}
}

const failed = async (on: ReturnType<typeof openNative>, test: Case): Promise<string[]> => {
	const { verdict, failures } = await decide(test, on, LIMITS);
	const crashed = ['crash', 'timeout', 'error'].includes(verdict) ? [verdict] : [];
	return [...crashed, ...failures.map(({ expectation }) => expectation)].map(
		(expectation) => `${test.id} ${expectation}`,
	);
};

async function failuresOf(folder: string, cases: readonly Case[]): Promise<ReadonlySet<string>> {
	const native = openNative(folder);
	const all = new Set<string>();
	for (const test of cases) for (const each of await failed(native, test)) all.add(each);
	await native.close?.();
	return all;
}

/** Moves the case that fails an edit to the front, because it often fails the next one too. */
async function judge(folder: string, cases: Case[], known: ReadonlySet<string>): Promise<Fate> {
	const native = openNative(folder);
	if (native.obstacle) return { fate: 'unfit', by: native.obstacle.reason };
	try {
		for (const [index, test] of cases.entries()) {
			const by = (await failed(native, test)).find((each) => !known.has(each));
			if (by === undefined) continue;
			cases.unshift(...cases.splice(index, 1));
			return { fate: 'killed', by };
		}
		return { fate: 'alive' };
	} finally {
		await native.close?.();
	}
}
