// SPDX-License-Identifier: MIT
/** Compiles each variant of a vector to a case: a program to execute, and the moments that its expectations look at. */

import type { CallName, FieldName } from '../../schema/types/common';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Call, DevicesAtMoment, InitialDevice } from '../../schema/types/vector';
import { sha256 } from '../text/sha256';
import type { VectorFile } from './load';
import type { Moment, Observation } from './observation';
import type { LiveVector } from './vector';
import type { YamlSource } from './yaml-source';

/** First and last moment of a call or thread. */
export interface Point {
	readonly begin: Moment;
	readonly end: Moment;
}

type Points = ReadonlyMap<string, Point>;

/** One variant of a vector, ready to run. */
export interface Case {
	/** Such as DAXV-0001 or DAXV-0001/fs_dax_get. */
	readonly id: string;
	/** The vector with every $word replaced by its value. */
	readonly vector: LiveVector;
	readonly source: YamlSource;
	readonly program: Program;
	/** Sites of the calls that have a name. */
	readonly sites: ReadonlyMap<string, number>;
	/** Sites of the calls whose *start_off has a name. */
	readonly startOffs: ReadonlyMap<string, number>;
	/** Moments by the name of the call or thread. */
	readonly points: Points;
	/** Moments that expectations look at, besides results and final states. */
	readonly observations: readonly Observation[];
	/** Calls and fields that an implementation must have. */
	readonly needs: { readonly calls: readonly CallName[]; readonly fields: readonly FieldName[] };
	/** Hash of the program: a schedule is valid for this program only. */
	readonly fingerprint: string;
}

/** Compiles the variants of a file, each when it is first used; a tombstone has none. */
export function compile({
	source,
	vector: { id },
	variants,
}: Pick<VectorFile, 'source' | 'variants'> & { readonly vector: { readonly id: string } }): Case[] {
	return variants.map((variant) => {
		const name = variant.name === null ? id : `${id}/${variant.name}`;
		let compiled: Omit<Case, 'source'> | undefined;
		const parts = () => (compiled ??= compileVariant(name, variant.vector));
		return {
			id: name,
			source,
			get vector() {
				return variant.vector;
			},
			get program() {
				return parts().program;
			},
			get sites() {
				return parts().sites;
			},
			get startOffs() {
				return parts().startOffs;
			},
			get points() {
				return parts().points;
			},
			get observations() {
				return parts().observations;
			},
			get needs() {
				return parts().needs;
			},
			get fingerprint() {
				return parts().fingerprint;
			},
		};
	});
}

/** Compiles a vector that has no file. It must have no $words, and must follow the rules of the loader. */
export function compileVariant(id: string, vector: LiveVector): Omit<Case, 'source'> {
	const sites = new Map<string, number>();
	const startOffs = new Map<string, number>();
	const points = new Map<string, Point>();
	const calls = new Set<CallName>();
	let count = 0;
	const compileCall = ({ as, device, start_off, ...call }: Call): ProgramCall => {
		const site = count++;
		calls.add(call.call as CallName);
		if (as !== undefined) {
			sites.set(as, site);
			points.set(as, { begin: { op: 'call', site }, end: { op: 'return', site } });
		}
		if (start_off !== undefined) startOffs.set(start_off, site);
		return {
			site,
			...call,
			...(device !== undefined && { device: deviceOf(device, sites) }),
			...(start_off !== undefined && { start_off: true as const }),
			call: call.call as CallName,
		};
	};

	const setup = (vector.setup ?? []).map(compileCall);
	const threads = Object.entries(vector.threads).map(([name, list]) => {
		const begin: Moment = { op: 'call', site: count };
		const compiled = list.map(compileCall);
		points.set(name, { begin, end: { op: 'return', site: count - 1 } });
		return { name, calls: compiled };
	});
	const holders: Program['holders'] = {};
	for (const [name, { notify_failure: callback, lacks }] of Object.entries(vector.holders ?? {}))
		holders[name] =
			callback === null
				? null
				: {
						returns: callback?.returns ?? 'ok',
						calls: (callback?.calls ?? []).map(compileCall),
						...(lacks && { lacks }),
					};

	const { device, log } = vector;
	const program: Program = {
		id,
		holders,
		device: withRefs(device),
		...(log !== undefined && { log: log && withRefs(log) }),
		setup,
		threads,
	};
	const observations = observe(vector, points);
	return {
		id,
		vector,
		program,
		sites,
		startOffs,
		points,
		observations,
		needs: { calls: [...calls], fields: vector.races ? EVERY_FIELD : fieldsOf(observations) },
		fingerprint: sha256(JSON.stringify(program)).toString('hex').slice(0, 8),
	};
}

const withRefs = (device: InitialDevice): Program['device'] => ({
	...device,
	refs: device.refs ?? (device.holder === null ? 1 : 2),
});

/** The device argument of a program: for $NAME the site of that call. */
function deviceOf(
	device: string | null,
	sites: ReadonlyMap<string, number>,
): number | 'log' | null {
	if (device === null || device === 'log') return device;
	return sites.get(device.slice(1)) ?? null;
}

/** Kernel fields by their key in a vector. */
export const fieldNames = { alive: 'flags', holder: 'holder_data', ops: 'holder_ops' } as const;

/** Names of the fields that an expectation compares, those of the second device with log. before them. */
const fieldsIn = ({ log = {}, ...device }: DevicesAtMoment): string[] => [
	...Object.keys(device).map(fieldOf),
	...Object.keys(log).map((key) => `log.${fieldOf(key)}`),
];

const fieldOf = (key: string): FieldName => fieldNames[key as keyof typeof fieldNames];

/** Collects the moments that rules depend on: the fields of the device then, or the order of two moments. */
function observe(vector: LiveVector, points: Points): Observation[] {
	const found: Observation[] = [];
	const pointOf = (name: string): Point => {
		const point = points.get(name);
		if (!point) throw new Error(`${vector.id}: no call or thread "${name}"`);
		return point;
	};
	for (const { when, after, throughout, quiet } of Object.values(vector.rules ?? {})) {
		if (when?.before) {
			const [first, second] = when.before as [string, string];
			found.push({ moment: pointOf(first).end, against: pointOf(second).begin });
		}
		for (const [name, device] of Object.entries(after ?? {}))
			found.push({ moment: pointOf(name).end, fields: fieldsIn(device) });
		if (throughout) {
			const { from, until, device } = throughout;
			const start = pointOf(from).end;
			found.push({ moment: start, fields: fieldsIn(device) });
			if (until !== undefined) {
				const end = pointOf(until).begin;
				found.push({ moment: end, fields: fieldsIn(device) }, { moment: start, against: end });
			}
		}
		if (quiet) {
			const moment = pointOf(quiet.after).end;
			const object = `${quiet.holder}.notify_failure`;
			found.push({ moment, against: { op: 'call', object } });
			found.push({ moment, against: { op: 'return', object } });
		}
	}
	return found;
}

/** Fields that `races: none` needs: without events of a field, its data races go undetected. */
const EVERY_FIELD: readonly FieldName[] = ['holder_data', 'holder_ops', 'flags', 'i_count'];

function fieldsOf(observations: readonly Observation[]): FieldName[] {
	const fields = observations.flatMap((each) => ('fields' in each ? each.fields : []));
	return [...new Set(fields.map((field) => field.replace(/^log\./, '')))] as FieldName[];
}
