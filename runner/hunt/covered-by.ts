// SPDX-License-Identifier: MIT
/** Is a finding known already? Some vector of the library then fails here, in the same execution and over the same. */
import type { Implementation } from '../../implementations/implementation';
import type { Call } from '../../schema/types/vector';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import type { Trace } from '../explore/trace';
import { judge } from '../judge/judge';
import type { Case } from '../library/compile';
import { keyOf, violationsOf } from './examine';
import { History } from './history';
import type { Finding } from './hunt';
import { type Compiled, compileScenario, type Scenario } from './scenario';
import { shapeOf } from './shape';
import { joined, smaller } from './smaller';

/** Ids of the vectors of the library that state it. */
export async function coveredBy(
	{ scenario, key }: Finding,
	cases: readonly Case[],
	implementation: Implementation,
	options: Options,
): Promise<string[]> {
	const shape = shapeOf(scenario, true);
	const found = new Set<string>();
	for (const test of cases) {
		if (found.has(test.vector.id) || test.vector.setup) continue;
		if (test.needs.calls.some((call) => !implementation.calls.includes(call))) continue;
		const own = scenarioOf(test);
		if (contains(own, shape) && (await fails(test, own, key, implementation, options)))
			found.add(test.vector.id);
	}
	return [...found];
}

/** The program of a vector, every call with a name. Sites do not change. */
function scenarioOf({ vector: { device, holders = {}, threads } }: Case): Scenario {
	let count = 0;
	const named = (calls: readonly Call[]) =>
		calls.map((call): Call => ({ ...call, as: call.as ?? `call-${count++}` }));
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
	} as unknown as Scenario;
}

/** Programs that are looked at on the way to a smaller one. */
const LIMIT = 300;

/** Is there the shape within the scenario? */
function contains(scenario: Scenario, shape: string): boolean {
	const seen = new Set([shapeOf(scenario, true)]);
	const queue = [scenario];
	for (let next = queue.shift(); next && !seen.has(shape); next = queue.shift())
		for (const each of [...smaller(next), ...joined(next)]) {
			const { size } = seen;
			if (size < LIMIT && seen.add(shapeOf(each, true)).size > size) queue.push(each);
		}
	return seen.has(shape);
}

/** Is there an execution that the vector refuses, and in which the same is wrong? */
async function fails(
	test: Case,
	scenario: Scenario,
	key: string,
	implementation: Implementation,
	options: Options,
): Promise<boolean> {
	const compiled: Compiled = compileScenario(scenario);
	const dependence = new Dependence([...compiled.observations, ...test.observations]);
	let found = false;
	const visit = ({ execution }: Trace): void => {
		if (found || judge(test, execution, []).violations.length === 0) return;
		const wrong = violationsOf(new History(scenario, compiled, execution));
		found = wrong.some((each) => keyOf(...each) === key);
	};
	await explore({ implementation, program: test.program, dependence, options, visit });
	return found;
}
