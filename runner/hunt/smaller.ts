// SPDX-License-Identifier: MIT
/** What a scenario can do without: fewer calls and threads, a simpler start; and the same calls in fewer threads. */
import type { Call } from '../../schema/types/vector';
import { isLegal } from './legal';
import { claims, isRelease, isRevival, type Scenario } from './scenario';

type Threads = Record<string, Call[]>;

/** Scenarios with less in them that callers who keep to the rules could run. */
export function* smaller(scenario: Scenario): Generator<Scenario> {
	for (const candidate of candidates(scenario)) if (isLegal(candidate)) yield tidied(candidate);
}

function* candidates(scenario: Scenario): Generator<Scenario> {
	const { device, holders } = scenario;
	const threads = scenario.threads as unknown as Threads;
	for (const name of Object.keys(threads)) {
		const { [name]: calls, ...others } = threads;
		yield withThreads(scenario, others);
		// Who only releases might as well never have been there.
		if (calls!.length === 1 && isRelease(calls![0]!))
			yield withThreads({ ...scenario, device: { ...device, holder: null, ops: null } }, others);
		for (const length of [1, 2])
			for (let index = 0; index + length <= calls!.length; index++) {
				const left = calls!.filter((_, at) => at < index || at >= index + length);
				if (left.length > 0) yield withThreads(scenario, { ...threads, [name]: left });
			}
	}
	for (const [name, { notify_failure }] of Object.entries(holders))
		if (notify_failure) yield { ...scenario, holders: { ...holders, [name]: {} } };
	if (device.holder !== null) yield { ...scenario, device: { ...device, holder: null, ops: null } };
	if (!device.alive) yield { ...scenario, device: { ...device, alive: true } };
	yield* begun(scenario);
}

/** Scenarios that start where one of the calls leads: a device that lives, a holder that has claimed. */
function* begun(scenario: Scenario): Generator<Scenario> {
	const { alive, holder } = scenario.device;
	const threads = scenario.threads as unknown as Threads;
	for (const [name, [first, ...rest]] of Object.entries(threads)) {
		const { [name]: _, ...others } = threads;
		const left = rest.length > 0 ? { ...threads, [name]: rest } : others;
		const start = (device: Scenario['device']) => withThreads({ ...scenario, device }, left);
		if (!alive && isRevival(first!)) yield start({ alive: true, holder: null, ops: null });
		if (alive && holder === null && claims(first!))
			yield start({ alive: true, holder: first!.holder!, ops: first!.ops! });
	}
}

/** Scenarios with a thread less, whose calls another one makes among its own. */
export function* joined(scenario: Scenario): Generator<Scenario> {
	const threads = Object.entries(scenario.threads as unknown as Threads);
	for (const [index, [first, calls]] of threads.entries())
		for (const [second, others] of threads.slice(index + 1)) {
			const rest = threads.filter(([name]) => name !== first && name !== second);
			for (const both of merged(calls, others)) {
				const candidate = withThreads(scenario, Object.fromEntries([[first, both], ...rest]));
				if (isLegal(candidate)) yield candidate;
			}
		}
}

/** Every order of two lists that keeps the order within each. */
function* merged(a: Call[], b: Call[]): Generator<Call[]> {
	if (a.length === 0 || b.length === 0) {
		yield [...a, ...b];
		return;
	}
	for (const rest of merged(a.slice(1), b)) yield [a[0]!, ...rest];
	for (const rest of merged(a, b.slice(1))) yield [b[0]!, ...rest];
}

const withThreads = (scenario: Scenario, threads: Threads): Scenario =>
	({ ...scenario, threads }) as unknown as Scenario;

/** Without the holders that nobody speaks of any more. */
function tidied(scenario: Scenario): Scenario {
	const lists = Object.values(scenario.threads) as unknown as Call[][];
	const named = new Set([scenario.device.holder, ...lists.flat().map(({ holder }) => holder)]);
	const holders = Object.entries(scenario.holders).filter(([name]) => named.has(name));
	return { ...scenario, holders: Object.fromEntries(holders) } as Scenario;
}
