// SPDX-License-Identifier: MIT
/**
 * A machine goes on from the middle of its last execution, and runs the code of a call once for all executions. Neither
 * makes a difference: every execution is that of a new machine. Together with test/vectors.test.ts, where the runner checks
 * and repeats every execution of the reference, this is the reason why it does so for the first one only otherwise.
 */
import t from 'tap';
import type { Execution, Implementation } from '../../implementations/implementation';
import { mutantNames, revisionNames } from '../../implementations/reference';
import { merged } from '../../implementations/reference/calls';
import { Machine } from '../../implementations/reference/machine';
import { mutants } from '../../implementations/reference/mutants';
import { revisions } from '../../implementations/reference/revisions';
import { decide } from '../../runner/decide/decide';
import { SharedFindings } from '../../runner/decide/shared-findings';
import { same } from '../../runner/explore/same';
import { library, OPTIONS, reference } from '../cases';

const callsOf = (name: string) => revisions[name]?.calls ?? { ...merged, ...mutants[name]?.calls };

t.test('every execution of an exploration is that of a new machine', async (t) => {
	let executions = 0;
	// Targets with the same code for all calls that a case reaches execute it once.
	const shared = new SharedFindings();
	for (const name of [...revisionNames, ...mutantNames()]) {
		const opened = reference(name);
		const compared: Implementation = {
			...opened,
			tested: true,
			execute(program, schedules) {
				const found = opened.execute(program, schedules) as Execution[];
				for (const [index, schedule] of schedules.entries()) {
					executions++;
					if (!same(found[index]!, new Machine(program, callsOf(name)).run(schedule)))
						t.fail(`${program.id} on ${name}: [${schedule}]`);
				}
				return found;
			},
		};
		for (const test of await library()) await decide(test, compared, { ...OPTIONS, shared });
	}
	t.ok(executions > 10_000, `${executions} compared`);
});

t.test('so is every execution in any order of schedules', async (t) => {
	const test = (await library()).find(({ id }) => id === 'DAXV-0002')!;
	const machine = new Machine(test.program, merged);
	let seed = 1;
	const random = (below: number): number => {
		seed = (seed * 48271) % 0x7fffffff;
		return seed % below;
	};
	let diverged = 0;
	for (let round = 0; round < 2_000; round++) {
		const schedule = Array.from({ length: random(40) }, () => random(test.program.threads.length));
		const fresh = new Machine(test.program, merged).run(schedule);
		if (!same(fresh, machine.run(schedule))) t.fail(`[${schedule}]`);
		if (fresh.diverged) diverged++;
	}
	t.ok(diverged > 100 && diverged < 1_900, `${diverged} diverged`);
});
