// SPDX-License-Identifier: MIT
/**
 * The axiomatic engine against the interleaving explorer and against store buffers, which share only the threads: the
 * engine has the ends of the explorer under sequential consistency, those of store buffers under x86-TSO, and at least
 * these under the LKMM.
 */
import t from 'tap';
import { explore as interleave } from '../../runner/explore/explore';
import type { Trace } from '../../runner/explore/trace';
import { dependenceOf } from '../../runner/judge/judge-trace';
import type { Case } from '../../runner/library/compile';
import { library, OPTIONS, reference } from '../cases';
import { allowed, endOf } from './ends';
import { throughStoreBuffers } from './store-buffers';

async function interleaved(test: Case, name: string): Promise<Set<string>> {
	const ends = new Set<string>();
	const { program } = test;
	const visit = ({ execution }: Trace): void => {
		ends.add(endOf(execution));
	};
	const [implementation, dependence] = [reference(name), dependenceOf(test)];
	await interleave({ implementation, program, dependence, options: OPTIONS, visit });
	return ends;
}

for (const name of ['merged', 'v6.0', 'v1', 'put-swapped-stores', 'kill-missing-synchronize'])
	t.test(
		`${name} has the ends of the explorer under sc and of store buffers under tso`,
		async (t) => {
			const { calls } = reference(name);
			let compared = 0;
			for (const test of await library()) {
				const { program, id } = test;
				if (test.needs.calls.some((call) => !calls.includes(call))) continue;
				const isolated = reference(name).isolate?.(program);
				if (!isolated) continue;
				const [sc, tso, lkmm] = (['sc', 'tso', 'lkmm'] as const).map((model) =>
					allowed(program, isolated, model),
				);
				if (!sc) continue;
				if (!tso || !lkmm) return t.fail(`${id}: tso and lkmm have no ends`);
				compared++;
				t.same([...sc].sort(), [...(await interleaved(test, name))].sort(), id);
				t.same([...tso].sort(), [...throughStoreBuffers(program, isolated)].sort(), `${id}: tso`);
				t.ok(
					[...sc].every((end) => tso.has(end) && lkmm.has(end)),
					`${id}: weaker`,
				);
			}
			t.ok(compared > 30);
		},
	);
