// SPDX-License-Identifier: MIT
/**
 * The axiomatic engine against the interleaving explorer, which share nothing but the threads: under sequential
 * consistency both see the same ends, and weaker models see these and more.
 */
import t from 'tap';
import type { Execution, Lone } from '../../implementations/implementation';
import { explore as interleave } from '../../runner/explore/explore';
import { dependenceOf } from '../../runner/judge-trace';
import { executionOf } from '../../runner/memory/execution';
import { explore } from '../../runner/memory/explore';
import { type ModelName, models } from '../../runner/memory/models';
import { programOf } from '../../runner/memory/threads';
import type { Case } from '../../runner/vector/compile';
import { library, OPTIONS, reference } from '../cases';

/** What an execution comes to, whatever its order. */
function endOf({ results, device, warnings, callbacks, faults }: Execution): string {
	const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();
	return JSON.stringify([
		sorted(results),
		device,
		sorted(warnings.map(({ function: where }) => where)),
		sorted(callbacks.map(({ event: _, ...callback }) => callback)),
		sorted(faults.map(({ fault, agent }) => [fault, agent])),
	]);
}

async function interleaved(test: Case, name: string): Promise<Set<string>> {
	const ends = new Set<string>();
	const { program } = test;
	await interleave(reference(name), program, dependenceOf(test), OPTIONS, ({ execution }) => {
		ends.add(endOf(execution));
	});
	return ends;
}

/** null where only the explorer knows: more than the holder protocol, or a read section that is never left. */
function allowed({ program }: Case, name: string, model: ModelName): Set<string> | null {
	const alone = reference(name).alone!(program);
	if (!alone) return null;
	const ends = new Set<string>();
	const distinct = ({
		ends,
		finals,
	}: {
		ends: readonly Lone[];
		finals: ReadonlyMap<string, unknown>;
	}) => JSON.stringify([ends.map(({ events: _, ...rest }) => rest), [...finals]]);
	for (const behaviour of explore(programOf(alone), models[model], { distinct })) {
		for (const { events } of behaviour.ends) {
			const count = (op: string) => events.filter((each) => each.op === op).length;
			if (count('srcu-lock') > count('srcu-unlock')) return null;
		}
		const order = behaviour.ends.flatMap(({ events }, thread) =>
			events.map((_, origin) => ({ thread, origin })),
		);
		ends.add(endOf(executionOf(program, alone.init, behaviour, order)));
	}
	return ends;
}

for (const name of ['merged', 'v6.0', 'v1', 'put-swapped-stores', 'kill-missing-synchronize'])
	t.test(name, async (t) => {
		const { calls } = reference(name);
		let compared = 0;
		for (const test of await library()) {
			if (test.needs.calls.some((call) => !calls.includes(call))) continue;
			const [sc, tso, lkmm] = (['sc', 'tso', 'lkmm'] as const).map((model) =>
				allowed(test, name, model),
			);
			if (!sc) continue;
			compared++;
			t.same([...sc].sort(), [...(await interleaved(test, name))].sort(), test.id);
			t.ok(!tso || tso.size >= sc.size, `${test.id}: tso`);
			t.ok(!lkmm || [...sc].every((end) => lkmm.has(end)), `${test.id}: lkmm`);
		}
		t.ok(compared > 30);
	});
