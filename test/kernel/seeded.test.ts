// SPDX-License-Identifier: MIT
/**
 * One seeded bug of each call, built into a stock kernel, fails there what it fails in the model. The vectors that reach
 * the changed call are compared; agreement.test.ts compares all with the unchanged file.
 */
import t from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openKernel } from '../../implementations/kernel';
import { decide } from '../../runner/decide/decide';
import type { Case } from '../../runner/library/compile';
import { library, OPTIONS, reference } from '../cases';
import { revisionTree } from '../native/revisions';
import { seeded } from '../native/seeded';
import { needs } from '../needs';
import { applies } from './machines';

const options = { ...OPTIONS, timeout: 300_000 };

/** Mutants to run; each takes a build and a boot. */
const NAMES = [
	'put-waits-for-readers',
	'put-needs-device',
	'access-of-the-dead',
	'get-forgotten-unlock',
	'bdev-missing-igrab',
	'notify-forgotten-unlock',
	'notify-forgets-device',
	'kill-cleared-before-grace',
	'dev-get-no-reference',
];

/** True if executions of the case on a mutant, which were made, reached a call that it changes. */
function reachesChange({ program }: Case, { sharing }: Implementation): boolean {
	const { sharing: merged } = reference();
	if (!sharing || !merged) return true;
	return [...sharing.reached(program)].some((call) => sharing.codeOf(call) !== merged.codeOf(call));
}

for (const name of NAMES)
	t.test(`${name} fails the same vectors live as in the model`, needs('live kernel'), async (t) => {
		const kernel = openKernel(`super=${revisionTree('merged', seeded[name]!)}`);
		t.equal(kernel.obstacle, undefined);
		const model = reference(name);
		let compared = (await library()).filter(
			(test) => test.vector.status === 'normative' && applies(test, kernel),
		);
		const failed = async (on: Implementation): Promise<Case[]> => {
			const cases: Case[] = [];
			for (const test of compared)
				if ((await decide(test, on, options)).verdict !== 'pass') cases.push(test);
			return cases;
		};
		const ids = (cases: readonly Case[]) => cases.map(({ id }) => id);
		// The model knows which calls it reaches when it has decided.
		const expected = (await failed(model)).filter((test) => reachesChange(test, model));
		t.ok(expected.length > 0, 'it is noticed');
		compared = compared.filter((test) => reachesChange(test, model));
		t.same(ids(await failed(kernel)), ids(expected));
		await kernel.close?.();
	});
