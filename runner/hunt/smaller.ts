// SPDX-License-Identifier: MIT
/** Smaller scenarios, for minimising: fewer calls and threads, a simpler start; the same calls in fewer threads. */

import { isClaim, isRelease, isRevival } from '../history/calls';
import { scenarioFollowsRules } from './caller-rules';
import type { NamedCall, Scenario } from './scenario';

type Threads = Scenario['threads'];

const FREE = { alive: true, holder: null, ops: null };

/** Scenarios with fewer calls or a simpler start, whose callers follow the rules. */
export function* smaller(scenario: Scenario): Generator<Scenario> {
	for (const candidate of candidates(scenario))
		if (scenarioFollowsRules(candidate)) yield withoutUnusedHolders(candidate);
}

function* candidates(scenario: Scenario): Generator<Scenario> {
	const { device, holders, threads } = scenario;
	const unclaimed = { ...device, holder: null, ops: null };
	for (const [name, calls] of Object.entries(threads)) {
		const others = without(threads, name);
		yield { ...scenario, threads: others };
		// A thread that only releases goes together with the claim at the start.
		if (calls.length === 1 && calls.every(isRelease))
			yield { ...scenario, device: unclaimed, threads: others };
		for (const length of [1, 2])
			for (let index = 0; index + length <= calls.length; index++) {
				const left = calls.filter((_, at) => at < index || at >= index + length);
				if (left.length > 0) yield { ...scenario, threads: { ...threads, [name]: left } };
			}
	}
	for (const [name, { notify_failure }] of Object.entries(holders))
		if (notify_failure) yield { ...scenario, holders: { ...holders, [name]: {} } };
	if (device.holder !== null) yield { ...scenario, device: unclaimed };
	if (!device.alive) yield { ...scenario, device: { ...device, alive: true } };
	yield* startedLater(scenario);
}

/** Scenarios that start after the first call of a thread: with a live device, or with a holder. */
function* startedLater(scenario: Scenario): Generator<Scenario> {
	const { device, threads } = scenario;
	for (const [name, [first, ...rest]] of Object.entries(threads)) {
		if (!first) continue;
		const left = rest.length > 0 ? { ...threads, [name]: rest } : without(threads, name);
		if (!device.alive && isRevival(first)) yield { ...scenario, device: FREE, threads: left };
		if (device.alive && device.holder === null && isClaim(first)) {
			const { holder, ops = null } = first;
			yield { ...scenario, device: { alive: true, holder, ops }, threads: left };
		}
	}
}

/** Scenarios with one thread less, whose calls another thread makes, in every order. */
export function* joined(scenario: Scenario): Generator<Scenario> {
	const threads = Object.entries(scenario.threads);
	for (const [index, [first, calls]] of threads.entries())
		for (const [second, others] of threads.slice(index + 1)) {
			const rest = threads.filter(([name]) => name !== first && name !== second);
			for (const both of merged(calls, others)) {
				const candidate = { ...scenario, threads: Object.fromEntries([[first, both], ...rest]) };
				if (scenarioFollowsRules(candidate)) yield candidate;
			}
		}
}

/** Every merge of two lists that keeps the order within each. */
function* merged(a: readonly NamedCall[], b: readonly NamedCall[]): Generator<NamedCall[]> {
	const [first, ...restOfA] = a;
	const [second, ...restOfB] = b;
	if (!first || !second) {
		yield [...a, ...b];
		return;
	}
	for (const rest of merged(restOfA, b)) yield [first, ...rest];
	for (const rest of merged(a, restOfB)) yield [second, ...rest];
}

function without(threads: Threads, name: string): Threads {
	const { [name]: _, ...others } = threads;
	return others;
}

function withoutUnusedHolders(scenario: Scenario): Scenario {
	const calls = Object.values(scenario.threads).flat();
	const used = new Set([scenario.device.holder, ...calls.map(({ holder }) => holder)]);
	const holders = Object.entries(scenario.holders).filter(([name]) => used.has(name));
	return { ...scenario, holders: Object.fromEntries(holders) };
}
