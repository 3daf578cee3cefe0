// SPDX-License-Identifier: MIT
/** The shape of a scenario: equal for scenarios that differ only in the names and the order of holders and threads. */
import { CLAIMS, isRemoval, isRevival } from '../history/calls';
import type { NamedCall, Scenario } from './scenario';

/** With sameKind, calls of one kind count as equal: all claims, all removals, all revivals. */
export function shapeOf(scenario: Scenario, { sameKind = false } = {}): string {
	const shapes = renamings(Object.keys(scenario.holders)).map((names) =>
		shapeWith(scenario, names, sameKind ? kindOf : ({ call }) => call),
	);
	return shapes.reduce((least, shape) => (shape < least ? shape : least));
}

function kindOf(call: NamedCall): string {
	if (CLAIMS.includes(call.call)) return 'claim';
	if (isRemoval(call)) return 'kill_dax';
	return isRevival(call) ? 'run_dax' : call.call;
}

function shapeWith(
	{ device, holders, threads }: Scenario,
	names: ReadonlyMap<string, string>,
	word: (call: NamedCall) => string,
): string {
	const name = (holder: string | null | undefined) => {
		if (holder === undefined) return '';
		return holder === null ? 'NULL' : names.get(holder);
	};
	const list = (calls: readonly NamedCall[]) =>
		calls.map((call) => `${word(call)}(${name(call.holder)})`).join(' ');
	const callbacks = Object.entries(holders).flatMap(([holder, { notify_failure }]) => {
		const calls = notify_failure?.calls ?? [];
		return calls.length > 0 ? [`${name(holder)}: ${list(calls)}`] : [];
	});
	const start = `${device.alive ? 'alive' : 'dead'} ${name(device.holder)}`;
	return [start, ...callbacks.sort(), ...Object.values(threads).map(list).sort()].join(' | ');
}

/** Every assignment of the names 1, 2, ... to holders. */
function renamings(holders: readonly string[], first = 1): Map<string, string>[] {
	if (holders.length === 0) return [new Map()];
	return holders.flatMap((holder) =>
		renamings(
			holders.filter((other) => other !== holder),
			first + 1,
		).map((rest) => new Map([[holder, `${first}`], ...rest])),
	);
}
