// SPDX-License-Identifier: MIT
/** The kill matrix on real C: every seeded bug, as an edit of the merged tree, fails the vectors that the mutant fails. */
import t from 'tap';
import { openNative } from '../../implementations/native';
import { mutantNames } from '../../implementations/reference';
import { decide } from '../../runner/decide/decide';
import type { Case } from '../../runner/library/compile';
import type { Result } from '../../schema/types/report';
import { decideOn, library, OPTIONS } from '../cases';
import { needs } from '../needs';
import { revisionTree } from './revisions';
import { seeded } from './seeded';

const TREE = needs('cc', 'kernel source');

t.test('every seeded bug of the reference exists in C', async (t) => {
	t.same(Object.keys(seeded).sort(), [...mutantNames()].sort());
});

for (const [name, edits] of Object.entries(seeded))
	t.test(`${name} fails the same vectors in C and in the reference`, TREE, async (t) => {
		const native = openNative(revisionTree('merged', edits));
		t.equal(native.obstacle, undefined);
		const inC = await failures((test) => decide(test, native, OPTIONS));
		t.same(inC, await failures((test) => decideOn(test, name)), 'the same vectors fail');
		await native.close?.();
	});

async function failures(on: (test: Case) => Promise<Result>): Promise<string[]> {
	const failed: string[] = [];
	for (const test of await library())
		for (const { expectation } of (await on(test)).failures)
			failed.push(`${test.id} ${expectation}`);
	return failed.sort();
}
