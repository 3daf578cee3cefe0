// SPDX-License-Identifier: MIT
/**
 * Finds the vectors that cover a finding: the vector contains the scenario, and some execution both fails the vector and
 * violates the same oracle.
 */
import type { Implementation } from '../../implementations/implementation';
import type { Call } from '../../schema/types/vector';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import type { Trace } from '../explore/trace';
import { judge } from '../judge/judge';
import type { Case } from '../library/compile';
import type { LiveVector } from '../library/vector';
import { keyOf, violationsOf } from './examine';
import { historyOf } from './execution-history';
import type { Finding } from './hunt';
import { compileScenario, type NamedCall, type Scenario } from './scenario';
import { shapeOf } from './shape';
import { joined, smaller } from './smaller';

/** Returns ids of vectors. */
export async function coveredBy(
	{ scenario, key }: Finding,
	cases: readonly Case[],
	implementation: Implementation,
	options: Options,
): Promise<string[]> {
	const shape = shapeOf(scenario, { sameKind: true });
	const found = new Set<string>();
	for (const test of cases) {
		const { vector, needs } = test;
		if (found.has(vector.id) || vector.setup || vector.log !== undefined) continue;
		if (needs.calls.some((call) => !implementation.calls.includes(call))) continue;
		const own = scenarioOf(vector);
		if (!contains(own, shape)) continue;
		if (await fails({ test, scenario: own, key, implementation, options })) found.add(vector.id);
	}
	return [...found];
}

/** The program of a vector with a name for each call. Sites do not change. */
function scenarioOf({ device, holders = {}, threads }: LiveVector): Scenario {
	let count = 0;
	const named = (calls: readonly Call[]) =>
		calls.map((call): NamedCall => ({ ...call, as: call.as ?? `call-${count++}` }));
	return {
		device,
		holders: Object.fromEntries(
			Object.entries(holders).map(([name, { notify_failure: callback }]) => [
				name,
				callback ? { notify_failure: { ...callback, calls: named(callback.calls ?? []) } } : {},
			]),
		),
		threads: Object.fromEntries(
			Object.entries(threads).map(([name, calls]) => [name, named(calls)]),
		),
	};
}

/** Shapes that are compared in the search for a smaller scenario. */
const MAX_SHAPES = 300;

/** True if the scenario can be reduced to the shape. */
function contains(scenario: Scenario, shape: string): boolean {
	const seen = new Set([shapeOf(scenario, { sameKind: true })]);
	const queue = [scenario];
	for (let next = queue.shift(); next && !seen.has(shape); next = queue.shift())
		for (const each of [...smaller(next), ...joined(next)]) {
			const { size } = seen;
			if (size < MAX_SHAPES && seen.add(shapeOf(each, { sameKind: true })).size > size)
				queue.push(each);
		}
	return seen.has(shape);
}

interface Question {
	readonly test: Case;
	/** The program of the case. */
	readonly scenario: Scenario;
	readonly key: string;
	readonly implementation: Implementation;
	readonly options: Options;
}

/** True if some execution fails the vector and has a violation with the key. */
async function fails(question: Question): Promise<boolean> {
	const { test, scenario, key, implementation, options } = question;
	const compiled = compileScenario(scenario);
	let found = false;
	const visit = ({ execution }: Trace): void => {
		if (found || judge(test, execution, []).violations.length === 0) return;
		const violations = violationsOf(historyOf(compiled, execution));
		found = violations.some((each) => keyOf(...each) === key);
	};
	const dependence = new Dependence([...compiled.observations, ...test.observations]);
	await explore({ implementation, program: test.program, dependence, options, visit });
	return found;
}
