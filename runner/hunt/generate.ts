// SPDX-License-Identifier: MIT
/** Generates programs of callers that follow the rules, from nothing but the list of calls. */
import type { CallName } from '../../schema/types/common';
import { type Actor, actorsFor, release, type Script } from './actors';
import { scenarioFollowsRules } from './caller-rules';
import { type NamedCall, type Scenario, sizeOf } from './scenario';

type Callback = 'silent' | 'asks' | 'releases';

const STARTS: readonly Scenario['device'][] = [
	{ alive: true, holder: 'A', ops: 'A' },
	{ alive: true, holder: null, ops: null },
	{ alive: false, holder: null, ops: null },
];

/** Every scenario of a size (calls, those in callbacks included) up to the names of holders, in a fixed order. */
export function* scenarios(
	size: number,
	has: readonly CallName[],
	threads: number,
): Generator<Scenario> {
	for (const device of STARTS)
		for (const chosen of choose(actorsFor(device, has), size, threads)) {
			const left = size - chosen.reduce((sum, { script }) => sum + script.length, 0);
			for (const callbacks of callbackChoices(chosen, device.holder, left)) {
				const scenario = assemble(device, chosen, callbacks);
				if (sizeOf(scenario) === size && scenarioFollowsRules(scenario)) yield scenario;
			}
		}
}

type Chosen = readonly { readonly name: string; readonly script: Script }[];

/** Every choice of actors and scripts with at most size calls and that many threads. */
function* choose(list: readonly Actor[], size: number, threads: number): Generator<Chosen> {
	const [first, ...others] = list;
	if (!first) {
		yield [];
		return;
	}
	for (const script of [[], ...first.scripts]) {
		if (script.length > size || (script.length > 0 && threads === 0)) continue;
		const left = script.length > 0 ? threads - 1 : threads;
		for (const rest of choose(others, size - script.length, left)) {
			const own = script.length > 0 ? [{ name: first.name, script }] : [];
			if (!isMirrored(first, script, rest)) yield [...own, ...rest];
		}
	}
}

/** True if exchanging the scripts of twins gives another choice, in which the first twin has the longer script. */
function isMirrored({ twin, scripts }: Actor, script: Script, rest: Chosen): boolean {
	const other = rest.find(({ name }) => name === twin);
	if (!other) return false;
	const firstCall = scripts[0]?.[0]?.call;
	const rank = ([call, ...calls]: Script) =>
		call ? (calls.length + 1) * 2 + (call.call === firstCall ? 0 : 1) : -1;
	return rank(other.script) > rank(script);
}

/** Every choice of callbacks that make that many calls in all. */
function* callbackChoices(
	chosen: Chosen,
	first: string | null,
	calls: number,
): Generator<ReadonlyMap<string, Callback>> {
	const names = new Set(first === null ? [] : [first]);
	for (const { script } of chosen)
		for (const { holder } of script) if (typeof holder === 'string') names.add(holder);
	const notified = chosen.some(({ name }) => name === 'driver' || name.startsWith('failure'));
	const silent = new Map([...names].map((name) => [name, 'silent' as Callback]));
	if (calls === 0) yield silent;
	if (calls === 1 && notified)
		for (const name of names)
			for (const callback of ['asks', 'releases'] as const)
				yield new Map([...silent, [name, callback]]);
}

function assemble(
	device: Scenario['device'],
	chosen: Chosen,
	callbacks: ReadonlyMap<string, Callback>,
): Scenario {
	const holders = [...callbacks].map(([name, callback]) => {
		if (callback === 'silent') return [name, {}];
		const asks: NamedCall = { call: 'dax_holder', as: `seen-by-${name}` };
		return [name, { notify_failure: { calls: [callback === 'asks' ? asks : release(name)] } }];
	});
	const threads = chosen.map(({ name, script }) => [name, script]);
	return { device, holders: Object.fromEntries(holders), threads: Object.fromEntries(threads) };
}
