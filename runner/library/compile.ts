// SPDX-License-Identifier: MIT
/** Turns a variant of a vector into a program to execute and what is expected of it. */
import { createHash } from 'node:crypto';
import type { CallName, FieldName } from '../../schema/types/common';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Call, Vector } from '../../schema/types/vector';
import type { VectorFile } from './load';
import type { Moment, Observation } from './observation';
import type { Source } from './yaml-source';

/** A call or thread as moments: its begin and its end. */
export interface Point {
	readonly begin: Moment;
	readonly end: Moment;
}

/** One variant of a vector, ready to run. */
export interface Case {
	/** Such as DAXV-0001 or DAXV-0001/fs_dax_get. */
	readonly id: string;
	/** With every $word filled in. */
	readonly vector: Vector;
	readonly source: Source;
	readonly program: Program;
	/** Sites of the calls that have a name. */
	readonly sites: ReadonlyMap<string, number>;
	/** Moments by the name of the call or thread. */
	readonly points: ReadonlyMap<string, Point>;
	/** What the expectations look at besides results and ends. */
	readonly observations: readonly Observation[];
	/** Calls that an implementation must have. */
	readonly needs: { readonly calls: readonly CallName[]; readonly fields: readonly FieldName[] };
	/** Hash of the program: a schedule means something for this program only. */
	readonly fingerprint: string;
}

export function compile(file: VectorFile): Case[] {
	return file.variants.map(({ name, vector }) => {
		const id = name === null ? vector.id : `${vector.id}/${name}`;
		return { ...compileVariant(id, vector), source: file.source };
	});
}

/** Compiles what has no file: every $word is filled in, and nothing refused it yet. */
export function compileVariant(id: string, vector: Vector): Omit<Case, 'source'> {
	const sites = new Map<string, number>();
	const points = new Map<string, Point>();
	const calls = new Set<CallName>();
	let count = 0;
	const compileCall = ({ as, ...call }: Call): ProgramCall => {
		const site = count++;
		calls.add(call.call as CallName);
		if (as !== undefined) {
			sites.set(as, site);
			points.set(as, { begin: { op: 'call', site }, end: { op: 'return', site } });
		}
		return { site, ...call, call: call.call as CallName };
	};

	const setup = (vector.setup ?? []).map(compileCall);
	const threads = Object.entries(vector.threads!).map(([name, list]) => {
		const compiled = list.map(compileCall);
		points.set(name, {
			begin: { op: 'call', site: compiled[0]!.site },
			end: { op: 'return', site: compiled.at(-1)!.site },
		});
		return { name, calls: compiled };
	});
	const holders: Program['holders'] = {};
	for (const [name, { notify_failure: callback }] of Object.entries(vector.holders ?? {}))
		holders[name] =
			callback === null
				? null
				: { returns: callback?.returns ?? 'ok', calls: (callback?.calls ?? []).map(compileCall) };

	const device = vector.device!;
	const refs = device.refs ?? (device.holder === null ? 1 : 2);
	const program: Program = { id, holders, device: { ...device, refs }, setup, threads };
	const observations = observe(vector, points);
	return {
		id,
		vector,
		program,
		sites,
		points,
		observations,
		needs: { calls: [...calls], fields: vector.races ? EVERY_FIELD : fieldsOf(observations) },
		fingerprint: createHash('sha256').update(JSON.stringify(program)).digest('hex').slice(0, 8),
	};
}

/** The kernel's field behind a word of the format. */
export const fieldNames = { alive: 'flags', holder: 'holder_data', ops: 'holder_ops' } as const;

const fieldsIn = (device: object): FieldName[] =>
	Object.keys(device).map((key) => fieldNames[key as keyof typeof fieldNames]);

/** What the explorer must keep apart for the rules to be judged: moments that read fields, moments in order. */
function observe(vector: Vector, points: ReadonlyMap<string, Point>): Observation[] {
	const found: Observation[] = [];
	for (const { when, after, throughout, quiet } of Object.values(vector.rules ?? {})) {
		if (when?.before) {
			const [first, second] = when.before as [string, string];
			found.push({ moment: points.get(first)!.end, against: points.get(second)!.begin });
		}
		for (const [name, device] of Object.entries(after ?? {}))
			found.push({ moment: points.get(name)!.end, fields: fieldsIn(device) });
		if (throughout) {
			const { from, until, device } = throughout;
			const start = points.get(from)!.end;
			found.push({ moment: start, fields: fieldsIn(device) });
			if (until !== undefined) {
				const end = points.get(until)!.begin;
				found.push({ moment: end, fields: fieldsIn(device) }, { moment: start, against: end });
			}
		}
		if (quiet) {
			const moment = points.get(quiet.after)!.end;
			const object = `${quiet.holder}.notify_failure`;
			found.push({ moment, against: { op: 'call', object } });
			found.push({ moment, against: { op: 'return', object } });
		}
	}
	return found;
}

/** Whoever does not see a field cannot say that there is no data race on it. */
const EVERY_FIELD: readonly FieldName[] = ['holder_data', 'holder_ops', 'flags', 'i_count'];

function fieldsOf(observations: readonly Observation[]): FieldName[] {
	const fields = observations.flatMap((each) => ('fields' in each ? each.fields : []));
	return [...new Set(fields)] as FieldName[];
}
