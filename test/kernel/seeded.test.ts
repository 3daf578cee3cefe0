// SPDX-License-Identifier: MIT
/** One seeded bug of each call, built into a stock kernel, fails there what it fails in the model. */
import t from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openKernel } from '../../implementations/kernel';
import { decide } from '../../runner/decide/decide';
import { library, OPTIONS, reference } from '../cases';
import { revisionTree } from '../native/revisions';
import { seeded } from '../native/seeded';
import { needs } from '../needs';

const options = { ...OPTIONS, timeout: 300_000 };

/** Mutants to run; each takes a build and a boot. */
const NAMES = [
	'put-waits-for-readers',
	'get-forgotten-unlock',
	'bdev-missing-igrab',
	'notify-forgotten-unlock',
	'kill-cleared-before-grace',
];

for (const name of NAMES)
	t.test(`${name} fails the same vectors live as in the model`, needs('live kernel'), async (t) => {
		const kernel = openKernel(`super=${revisionTree('merged', seeded[name]!)}`);
		t.equal(kernel.obstacle, undefined);
		const cases = (await library()).filter(
			({ needs, vector }) =>
				vector.status === 'normative' &&
				!vector.races &&
				needs.calls.every((call) => kernel.calls.includes(call)),
		);
		const failed = async (on: Implementation): Promise<string[]> => {
			const ids: string[] = [];
			for (const test of cases)
				if ((await decide(test, on, options)).verdict !== 'pass') ids.push(test.id);
			return ids;
		};
		const live = await failed(kernel);
		t.ok(live.length > 0, 'it is noticed');
		t.same(live, await failed(reference(name)));
		await kernel.close?.();
	});
