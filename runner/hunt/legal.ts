// SPDX-License-Identifier: MIT
/**
 * What callers must keep to, whatever the code does. A generated program makes its calls in a straight line, so in some
 * of its executions a caller goes on where a real one would not; those say nothing.
 */
import type { Call } from '../../schema/types/vector';
import type { History } from './history';
import { CLAIMS, claims, isRelease, isRemoval, isRevival, type Scenario } from './scenario';

/** Could callers who keep to the rules run this? */
export function isLegal({ device, holders, threads }: Scenario): boolean {
	const lists = Object.values(threads) as Call[][];
	if (lists.length === 0) return false;
	const inCallbacks = Object.values(holders).flatMap((each) => each.notify_failure?.calls ?? []);
	const all = [...lists.flat(), ...inCallbacks];
	const releases = all.filter(isRelease).map(({ holder }) => holder);
	if (new Set(releases).size < releases.length) return false;
	for (const list of lists) {
		const held = new Set(device.holder === null ? [] : [device.holder]);
		let found = 0;
		let sections = 0;
		for (const call of list) {
			if (claims(call)) held.add(call.holder!);
			if (isRelease(call) && !held.delete(call.holder!)) return false;
			if (call.call === 'fs_dax_get_by_bdev' && call.holder === null) found++;
			if (call.call === 'fs_put_dax' && call.holder === null && --found < 0) return false;
			if (call.call === 'dax_read_lock') sections++;
			// It would wait for itself.
			if (sections > 0 && isRemoval(call)) return false;
			if (call.call === 'dax_read_unlock' && --sections < 0) return false;
		}
		if (sections > 0) return false;
	}
	return oneRemover(lists, device.alive);
}

/** The driver alone removes and revives, in turn and in one way; its last call gives its reference back. */
function oneRemover(lists: readonly Call[][], alive: boolean): boolean {
	const isDriver = (call: Call) =>
		isRemoval(call) || isRevival(call) || DRIVERS_OWN.includes(call.call);
	const drivers = lists.map((list) => list.filter(isDriver)).filter(({ length }) => length > 0);
	if (drivers.length > 1) return false;
	let lives = alive;
	let gone = false;
	let hosted = true;
	const calls = drivers[0] ?? [];
	for (const each of calls) {
		if (gone) return false;
		if (each.call === 'dax_remove_host' || each.call === 'dax_add_host') {
			if ((each.call === 'dax_remove_host') !== hosted) return false;
			hosted = !hosted;
		} else if (isRemoval(each) !== lives) return false;
		else if (each.call === 'put_dax') gone = true;
		else lives = !lives;
	}
	return calls.every(isBinding) || !calls.some(isBinding);
}

const DRIVERS_OWN: readonly string[] = ['put_dax', 'dax_add_host', 'dax_remove_host'];

const isBinding = ({ call }: Call): boolean => call.startsWith('device_');

/** Did the callers of this execution keep to the rules? */
export function followsCallerRules({ calls, tenures }: History): boolean {
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
