// SPDX-License-Identifier: MIT
/**
 * The rules that callers of the API follow. A generated program makes its calls unconditionally, so in some executions a
 * caller goes on where a real one would stop; the oracles skip these.
 */
import { CLAIMS, isClaim, isRelease, isRemoval, isRevival } from '../history/calls';
import type { CallSpan, History } from '../history/history';
import { callsIn, type NamedCall, type Scenario } from './scenario';

/** True if callers that follow the rules could make these calls. */
export function scenarioFollowsRules(scenario: Scenario): boolean {
	const { device, threads } = scenario;
	const lists = Object.values(threads);
	if (lists.length === 0) return false;
	const releases = callsIn(scenario)
		.filter(isRelease)
		.map(({ holder }) => holder);
	if (new Set(releases).size < releases.length) return false;
	return (
		lists.every((calls) => threadFollowsRules(calls, device.holder)) &&
		driverFollowsRules(lists, device.alive)
	);
}

/** Requires that a thread releases, gives back and leaves only what it claimed, found and entered. */
function threadFollowsRules(calls: readonly NamedCall[], holder: string | null): boolean {
	const held = new Set(holder === null ? [] : [holder]);
	let found = 0;
	let sections = 0;
	for (const call of calls) {
		if (isClaim(call)) held.add(call.holder);
		if (isRelease(call) && !held.delete(call.holder)) return false;
		if (call.call === 'fs_dax_get_by_bdev' && call.holder === null) found++;
		if (call.call === 'fs_put_dax' && call.holder === null && --found < 0) return false;
		if (call.call === 'dax_read_lock') sections++;
		// A removal inside a read section of its own thread deadlocks.
		if (sections > 0 && isRemoval(call)) return false;
		if (call.call === 'dax_read_unlock' && --sections < 0) return false;
	}
	return sections === 0;
}

const DRIVER_CALLS: readonly string[] = ['put_dax', 'dax_add_host', 'dax_remove_host'];

const isDriverCall = (call: NamedCall): boolean =>
	isRemoval(call) || isRevival(call) || DRIVER_CALLS.includes(call.call);

const isBinding = ({ call }: NamedCall): boolean => call.startsWith('device_');

/** Requires one driver thread, which removes and revives in turn, by one means, and drops its reference last. */
function driverFollowsRules(lists: readonly (readonly NamedCall[])[], alive: boolean): boolean {
	const drivers = lists.map((list) => list.filter(isDriverCall)).filter(({ length }) => length > 0);
	const [calls = [], ...others] = drivers;
	if (others.length > 0) return false;
	let isAlive = alive;
	let isDropped = false;
	let hasHost = true;
	for (const each of calls) {
		if (isDropped) return false;
		if (each.call === 'dax_remove_host' || each.call === 'dax_add_host') {
			if ((each.call === 'dax_remove_host') !== hasHost) return false;
			hasHost = !hasHost;
		} else if (isRemoval(each) !== isAlive) return false;
		else if (each.call === 'put_dax') isDropped = true;
		else isAlive = !isAlive;
	}
	return calls.every(isBinding) || !calls.some(isBinding);
}

/** True if the callers of an execution followed the rules. */
export function executionFollowsRules({ calls, tenures }: History): boolean {
	const drop = calls.find(({ call }) => call === 'put_dax');
	return calls.every((each) => {
		if (drop && each !== drop && each.end > drop.begin && each.call !== 'fs_put_dax') return false;
		if (each.call !== 'fs_put_dax') return true;
		if (each.holder !== null)
			return tenures.some(({ release }) => release === each) && isOnly(each, calls);
		// A release without a holder gives back the reference of a lookup of its thread.
		const lookup = calls.findLast(
			({ agent, begin, call, holder }) =>
				agent === each.agent && begin < each.begin && CLAIMS.includes(call) && holder === null,
		);
		return lookup?.result === 'ok';
	});
}

const isOnly = (made: CallSpan, calls: readonly CallSpan[]): boolean =>
	calls.filter(({ call, holder }) => call === made.call && holder === made.holder).length === 1;
