// SPDX-License-Identifier: MIT
/**
 * The axiomatic engine against the interleaving explorer and against store buffers, which share nothing but the threads:
 * under sequential consistency the first two see the same ends, under x86-TSO the first and the last, and the LKMM sees
 * these and more.
 */
import t from 'tap';
import { explore as interleave } from '../../runner/explore/explore';
import { dependenceOf } from '../../runner/judge/judge-trace';
import type { Case } from '../../runner/library/compile';
import { library, OPTIONS, reference } from '../cases';
import { allowed, endOf } from './ends';
import { throughStoreBuffers } from './store-buffers';

async function interleaved(test: Case, name: string): Promise<Set<string>> {
	const ends = new Set<string>();
	const { program } = test;
	await interleave(reference(name), program, dependenceOf(test), OPTIONS, ({ execution }) => {
		ends.add(endOf(execution));
	});
	return ends;
}

for (const name of ['merged', 'v6.0', 'v1', 'put-swapped-stores', 'kill-missing-synchronize'])
	t.test(name, async (t) => {
		const { calls } = reference(name);
		let compared = 0;
		for (const test of await library()) {
			const { program, id } = test;
			if (test.needs.calls.some((call) => !calls.includes(call))) continue;
			const alone = reference(name).isolate!(program);
			const sc = alone && allowed(program, alone, 'sc');
			if (!sc) continue;
			const tso = allowed(program, alone, 'tso')!;
			const lkmm = allowed(program, alone, 'lkmm')!;
			compared++;
			t.same([...sc].sort(), [...(await interleaved(test, name))].sort(), id);
			t.same([...tso].sort(), [...throughStoreBuffers(program, alone)].sort(), `${id}: tso`);
			t.ok(
				[...sc].every((end) => tso.has(end) && lkmm.has(end)),
				`${id}: weaker`,
			);
		}
		t.ok(compared > 30);
	});
