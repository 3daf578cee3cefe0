// SPDX-License-Identifier: MIT
/**
 * What callers must keep to, whatever the code does. A generated program makes its calls in a straight line, so in some
 * of its executions a caller goes on where a real one would not; those say nothing.
 */
import type { Call } from '../../schema/types/vector';
import type { History } from './history';
import { CLAIMS, claims, isRelease, type Scenario } from './scenario';

/** Could callers who keep to the rules run this? */
export function isLegal({ device, holders, threads }: Scenario): boolean {
	const lists = Object.values(threads) as Call[][];
	if (lists.length === 0) return false;
	const inCallbacks = Object.values(holders).flatMap((each) => each.notify_failure?.calls ?? []);
	const all = [...lists.flat(), ...inCallbacks];
	const releases = all.filter(isRelease).map(({ holder }) => holder);
	if (new Set(releases).size < releases.length) return false;
	for (const list of lists) {
		const held = new Set(device!.holder === null ? [] : [device!.holder]);
		let found = 0;
		for (const call of list) {
			if (claims(call)) held.add(call.holder!);
			if (isRelease(call) && !held.delete(call.holder!)) return false;
			if (call.call === 'fs_dax_get_by_bdev' && call.holder === null) found++;
			if (call.call === 'fs_put_dax' && call.holder === null && --found < 0) return false;
		}
	}
	return oneRemover(lists, device!.alive);
}

/** The driver alone removes and revives, in turn; its last call gives its reference back. */
function oneRemover(lists: readonly Call[][], alive: boolean): boolean {
	const isDriver = ({ call }: Call) => ['kill_dax', 'run_dax', 'put_dax'].includes(call);
	const drivers = lists.map((list) => list.filter(isDriver)).filter(({ length }) => length > 0);
	if (drivers.length > 1) return false;
	let lives = alive;
	let gone = false;
	for (const { call } of drivers[0] ?? []) {
		if (gone || (call === 'kill_dax') !== lives) return false;
		if (call === 'put_dax') gone = true;
		else lives = !lives;
	}
	return true;
}

/** Did the callers of this execution keep to the rules? */
export function keptTheRules({ calls, tenures }: History): boolean {
	const drop = calls.find(({ call }) => call === 'put_dax');
	return calls.every((made) => {
		if (drop && made !== drop && made.end > drop.begin && made.call !== 'fs_put_dax') return false;
		if (made.call !== 'fs_put_dax') return true;
		if (made.holder !== null)
			return tenures.some(({ release }) => release === made) && once(made, calls);
		// It gives back what a lookup of its thread found.
		const lookup = calls.findLast(
			({ agent, begin, call, holder }) =>
				agent === made.agent && begin < made.begin && CLAIMS.includes(call) && holder === null,
		);
		return lookup?.result === 'ok';
	});
}

const once = (made: History['calls'][number], calls: History['calls']): boolean =>
	calls.filter(({ call, holder }) => call === made.call && holder === made.holder).length === 1;
