// SPDX-License-Identifier: MIT
/** The shape of a scenario: the same for all that differ in the names of holders and threads and in their order only. */
import type { Call } from '../../schema/types/vector';
import { CLAIMS, isRemoval, isRevival, type Scenario } from './scenario';

/** alike: calls that claim count as one, and so do those that remove, and those that revive. */
export function shapeOf(scenario: Scenario, alike = false): string {
	const shapes = renamings(Object.keys(scenario.holders)).map((names) =>
		shapeWith(scenario, names, alike),
	);
	return shapes.sort()[0]!;
}

function shapeWith(
	{ device, holders, threads }: Scenario,
	names: ReadonlyMap<string, string>,
	alike: boolean,
): string {
	const name = (holder: string | null | undefined) =>
		holder === undefined ? '' : holder === null ? 'NULL' : names.get(holder)!;
	const kind = (call: Call) => {
		if (CLAIMS.includes(call.call)) return 'claim';
		if (isRemoval(call)) return 'kill_dax';
		return isRevival(call) ? 'run_dax' : call.call;
	};
	const word = (call: Call) => `${alike ? kind(call) : call.call}(${name(call.holder)})`;
	const lists = Object.values(threads) as Call[][];
	const callbacks = Object.entries(holders).map(([holder, { notify_failure }]) => {
		const calls = notify_failure?.calls ?? [];
		return calls.length > 0 ? `${name(holder)}: ${calls.map(word).join(' ')}` : '';
	});
	const start = `${device.alive ? 'alive' : 'dead'} ${name(device.holder)}`;
	const parts = lists.map((calls) => calls.map(word).join(' ')).sort();
	return [start, ...callbacks.filter(Boolean).sort(), ...parts].join(' | ');
}

/** Every way to call the holders 1, 2, ... */
function renamings(holders: readonly string[], first = 1): Map<string, string>[] {
	if (holders.length === 0) return [new Map()];
	return holders.flatMap((holder) =>
		renamings(
			holders.filter((other) => other !== holder),
			first + 1,
		).map((rest) => new Map([[holder, `${first}`], ...rest])),
	);
}
