// SPDX-License-Identifier: MIT
/** A generated program: a vector that expects nothing yet. Every call has a name of its own. */
import type { Call } from '../../schema/types/vector';
import { type Case, compileVariant } from '../library/compile';
import type { Moment, Observation } from '../library/observation';
import type { LiveVector } from '../library/vector';
import { callsOf } from '../library/vector-parts';

export type Scenario = Required<Pick<LiveVector, 'holders' | 'device' | 'threads'>>;

/** What the explorer and the oracles need. */
export type Compiled = Omit<Case, 'source'>;

/** The claiming calls. */
export const CLAIMS: readonly string[] = ['fs_dax_get', 'fs_dax_get_by_bdev'];

/** Unbinding a driver kills the device, and binding one makes it alive. */
const REMOVALS: readonly string[] = ['kill_dax', 'device_release_driver'];
const REVIVALS: readonly string[] = ['run_dax', 'device_driver_attach'];

export const isRemoval = ({ call }: Pick<Call, 'call'>): boolean => REMOVALS.includes(call);
export const isRevival = ({ call }: Pick<Call, 'call'>): boolean => REVIVALS.includes(call);

/** Does the call claim for a holder? A lookup without one only takes a reference. */
export const claims = ({ call, holder }: Call): boolean =>
	CLAIMS.includes(call) && typeof holder === 'string';

/** The calls with which a scenario's threads claim. */
export function claimsOf({ threads }: Scenario): string[] {
	const lists = Object.values(threads) as unknown as Call[][];
	return lists.flatMap((calls) => calls.filter(claims).map(({ call }) => call));
}

export const isRelease = ({ call, holder }: Call): boolean =>
	call === 'fs_put_dax' && typeof holder === 'string';

/** Number of calls, those from inside callbacks included. */
export const sizeOf = (scenario: Scenario): number => [...callsOf(asVector(scenario))].length;

export function asVector(scenario: Scenario): LiveVector {
	return {
		format: 1,
		id: 'DAXV-0000',
		title: 'A generated program',
		status: 'open',
		tags: ['race'],
		...scenario,
		outcomes: {},
	} as unknown as LiveVector;
}

export function compileScenario(scenario: Scenario): Compiled {
	const compiled = compileVariant('DAXV-0000', asVector(scenario));
	return { ...compiled, observations: observationsOf(scenario, compiled) };
}

/** Bits that one exploration has for moments; the others are for the fields and dax_srcu. */
const LIMIT = 24;

/** The moments that the oracles look at: where a claim is in force, where a callback has to have ended. */
function observationsOf(scenario: Scenario, { points }: Compiled): Observation[] {
	const calls = [...callsOf(asVector(scenario))].map(({ value }) => value);
	const at = (call: Call) => points.get(call.as!)!;
	const removals = calls.filter(isRemoval);
	const found: Observation[] = [];
	const reads = (moment: Moment, ...fields: string[]) => found.push({ moment, fields });
	for (const call of calls) {
		if (claims(call)) reads(at(call).end, 'holder_data', 'holder_ops', 'flags');
		if (isRelease(call)) reads(at(call).begin, 'holder_data', 'holder_ops');
	}
	for (const removal of removals) {
		reads(at(removal).begin, 'holder_data', 'holder_ops');
		reads(at(removal).end, 'holder_data', 'holder_ops');
	}
	const ordered: Observation[] = [];
	for (const call of calls)
		for (const removal of removals) {
			if (claims(call)) ordered.push({ moment: at(call).end, against: at(removal).begin });
			if (isRelease(call) || call.call === 'dax_read_unlock')
				ordered.push({ moment: at(removal).end, against: at(call).begin });
		}
	for (const end of [...calls.filter(isRelease), ...removals])
		for (const holder of Object.keys(scenario.holders)) {
			if (isRelease(end) && end.holder !== holder) continue;
			const object = `${holder}.notify_failure`;
			ordered.push({ moment: at(end).end, against: { op: 'return', object } });
		}
	return [...found, ...ordered.slice(0, LIMIT)];
}
