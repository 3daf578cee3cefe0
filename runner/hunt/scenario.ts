// SPDX-License-Identifier: MIT
/** A generated program: device, holders and threads of a vector without expectations. Each call has a unique name. */
import type { Call } from '../../schema/types/vector';
import { pointOf } from '../explore/points';
import { isClaim, isRelease, isRemoval } from '../history/calls';
import { type Case, compileVariant } from '../library/compile';
import type { Moment, Observation } from '../library/observation';
import type { LiveVector } from '../library/vector';

export type NamedCall = Call & { readonly as: string };

export interface Scenario {
	readonly device: {
		readonly alive: boolean;
		readonly holder: string | null;
		readonly ops: string | null;
	};
	/** By name; notify_failure holds the calls that the holder's callback makes. */
	readonly holders: Readonly<
		Record<string, { readonly notify_failure?: { readonly calls: readonly NamedCall[] } }>
	>;
	/** By name. */
	readonly threads: Readonly<Record<string, readonly NamedCall[]>>;
}

/** A compiled scenario, for the explorer and the oracles. */
export type Compiled = Omit<Case, 'source'>;

/** Calls that a scenario makes: those of its threads, then those of its callbacks. */
export function callsIn({ threads, holders }: Scenario): NamedCall[] {
	const callbacks = Object.values(holders).flatMap((each) => each.notify_failure?.calls ?? []);
	return [...Object.values(threads).flat(), ...callbacks];
}

export const sizeOf = (scenario: Scenario): number => callsIn(scenario).length;

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

/** Orders of moments that one exploration observes: the other bits of a footprint are for fields and dax_srcu. */
const MAX_ORDERED_MOMENTS = 24;

/** The moments that the oracles observe: begin and end of claims, releases, removals, and the ends of callbacks. */
function observationsOf(scenario: Scenario, compiled: Compiled): Observation[] {
	const calls = callsIn(scenario);
	const at = ({ as }: NamedCall) => pointOf(compiled, as);
	const removals = calls.filter(isRemoval);
	const found: Observation[] = [];
	const reads = (moment: Moment, ...fields: string[]) => found.push({ moment, fields });
	for (const call of calls) {
		if (isClaim(call)) reads(at(call).end, 'holder_data', 'holder_ops', 'flags');
		if (isRelease(call)) reads(at(call).begin, 'holder_data', 'holder_ops');
	}
	for (const removal of removals) {
		reads(at(removal).begin, 'holder_data', 'holder_ops');
		reads(at(removal).end, 'holder_data', 'holder_ops');
	}
	const ordered: Observation[] = [];
	for (const call of calls)
		for (const removal of removals) {
			if (isClaim(call)) ordered.push({ moment: at(call).end, against: at(removal).begin });
			if (isRelease(call) || call.call === 'dax_read_unlock')
				ordered.push({ moment: at(removal).end, against: at(call).begin });
		}
	for (const end of [...calls.filter(isRelease), ...removals])
		for (const holder of Object.keys(scenario.holders)) {
			if (isRelease(end) && end.holder !== holder) continue;
			const object = `${holder}.notify_failure`;
			ordered.push({ moment: at(end).end, against: { op: 'return', object } });
		}
	return [...found, ...ordered.slice(0, MAX_ORDERED_MOMENTS)];
}
