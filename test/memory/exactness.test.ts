// SPDX-License-Identifier: MIT
/**
 * Compares the axiomatic engine with the interleaving explorer and with store buffers, which share only the threads
 * with it. The engine has the end states of the explorer under sequential consistency and those of store buffers under
 * x86-TSO; under x86-TSO and the LKMM it has all that sequential consistency allows.
 */
import t from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { explore as interleave } from '../../runner/explore/explore';
import type { Trace } from '../../runner/explore/trace';
import { dependenceOf } from '../../runner/judge/judge-trace';
import type { Case } from '../../runner/library/compile';
import { library, OPTIONS, reference } from '../cases';
import { needs } from '../needs';
import { ExploredCode } from '../same-code';
import { allowed, endOf } from './ends';
import { endsUnderStoreBuffers } from './store-buffers';

async function interleaved(test: Case, implementation: Implementation): Promise<Set<string>> {
	const ends = new Set<string>();
	const { program } = test;
	const visit = ({ execution }: Trace): void => {
		ends.add(endOf(execution));
	};
	const dependence = dependenceOf(test);
	await interleave({ implementation, program, dependence, options: OPTIONS, visit });
	return ends;
}

const explored = new ExploredCode();

const LATER = ['v1', 'put-swapped-stores', 'kill-missing-synchronize'];

for (const name of ['merged', 'v6.0', ...LATER])
	t.test(
		`${name} has the end states of the explorer under sc and of store buffers under tso`,
		LATER.includes(name) ? needs('time') : {},
		async (t) => {
			const implementation = reference(name);
			const { calls } = implementation;
			let compared = 0;
			for (const test of await library()) {
				const { program, id } = test;
				if (test.needs.calls.some((call) => !calls.includes(call))) continue;
				if (explored.has(test, implementation)) {
					compared++;
					continue;
				}
				const isolated = implementation.isolate?.(program);
				if (!isolated) continue;
				const [sc, tso, lkmm] = (['sc', 'tso', 'lkmm'] as const).map((model) =>
					allowed(program, isolated, model),
				);
				if (!sc) continue;
				if (!tso || !lkmm) return t.fail(`${id}: tso and lkmm have no end states`);
				compared++;
				t.same([...sc].sort(), [...(await interleaved(test, implementation))].sort(), id);
				t.same([...tso].sort(), [...endsUnderStoreBuffers(program, isolated)].sort(), `${id}: tso`);
				t.ok(
					[...sc].every((end) => tso.has(end) && lkmm.has(end)),
					`${id}: tso and lkmm allow what sc allows`,
				);
				explored.add(test, implementation, 'reachedIsolated');
			}
			t.ok(compared > 30);
		},
	);
