// SPDX-License-Identifier: MIT
/** Schedules that a search announces are executed in fewer requests, and nothing else changes. */

import t from 'tap';
import type { Implementation, Schedule } from '../../implementations/implementation';
import { Dependence } from '../../runner/explore/dependence';
import type { Ahead } from '../../runner/explore/early';
import { explore } from '../../runner/explore/explore';
import { sourceDpor } from '../../runner/explore/source-dpor';
import { Trace } from '../../runner/explore/trace';
import type { Program } from '../../schema/types/program';
import { caseOf, OPTIONS, reference } from '../cases';
import fc from '../fast-check';
import { generatedToy } from './programs';
import { execute } from './toy';

t.test('source-DPOR asks for every schedule that it has announced', async (t) => {
	let most = 0;
	fc.assert(
		fc.property(generatedToy, (toy) => {
			const [due, given] = [new Set<string>(), new Set<string>()];
			const dependence = new Dependence([]);
			let ahead: Ahead = () => [];
			const search = sourceDpor(dependence, (planned) => {
				ahead = planned;
			});
			for (let step = search.next(), left = 2_000; !step.done; left--) {
				if (left === 0) return;
				for (const schedule of ahead(left % 5)) {
					if (given.has(String(schedule))) throw new Error(`announced twice: ${schedule}`);
					given.add(String(schedule));
					due.add(String(schedule));
				}
				most = Math.max(most, due.size);
				for (const schedule of step.value) due.delete(String(schedule));
				step = search.next(step.value.map((each) => new Trace(execute(toy, each), dependence)));
			}
			if (due.size > 0) throw new Error(`announced in vain: ${[...due].join(' | ')}`);
		}),
		{ numRuns: 500 },
	);
	t.ok(most > 3, `${most} announced at once`);
});

/** The model of v7.3, with a log of its requests. */
function logged(remote: boolean): { implementation: Implementation; requests: Schedule[][] } {
	const model = reference('v7.3');
	const requests: Schedule[][] = [];
	const executeLogged = (program: Program, schedules: readonly Schedule[]) => {
		requests.push([...schedules]);
		return model.execute(program, schedules);
	};
	return { implementation: { ...model, remote, execute: executeLogged }, requests };
}

for (const id of ['DAXV-0055', 'DAXV-0056', 'DAXV-0093'])
	t.test(
		`${id}: a remote implementation executes the same schedules in fewer requests`,
		async (t) => {
			const { program } = await caseOf(id);
			const explored = async (remote: boolean) => {
				const { implementation, requests } = logged(remote);
				const visited: string[] = [];
				const dependence = new Dependence([]);
				const visit = (trace: Trace) => void visited.push(trace.key());
				const completeness = await explore({
					...{ implementation, program, dependence, visit },
					options: OPTIONS,
				});
				const schedules = requests.flat().map(String).sort();
				return { completeness, visited, schedules, requests: requests.length };
			};
			const { requests: early, ...remote } = await explored(true);
			const { requests: one, ...local } = await explored(false);
			t.same(remote, local, 'the same traces in the same order');
			t.ok(early < 0.9 * one, `${early} requests, not ${one}`);
		},
	);
