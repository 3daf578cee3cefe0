// SPDX-License-Identifier: MIT
/** Builds the history of one device from its spans. */
import { bytesName, flagsName } from '../../implementations/memory-failure';
import { resultName } from '../../implementations/system/errno';
import type { Observation } from '../../implementations/watcher';
import type { CallName } from '../../schema/types/common';
import { CLAIMS } from '../history/calls';
import { type CallbackSpan, type CallSpan, History, NEVER, type State } from '../history/history';
import { type Holder, Holders } from './holders';
import { NULL, type Span } from './spans';

/** One dax_device, from its allocation or the begin of the trace until it is freed. */
export interface Device {
	/** Such as "dax_device 1". */
	readonly name: string;
	readonly history: History;
	readonly holders: readonly Holder[];
	/** Task and stack of each call and callback. */
	readonly made: ReadonlyMap<CallSpan | CallbackSpan, Observation>;
	/** Results of callbacks. */
	readonly answers: ReadonlyMap<CallbackSpan, string>;
	/** True if the fields of the device were read. */
	readonly hasFields: boolean;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Made = Mutable<CallSpan> | Mutable<CallbackSpan>;

/** The begin or the end of a span. */
interface Moment {
	readonly span: Span;
	readonly observation: Observation;
}

/** attached: the order from which on a callback was traced, by its name. */
export function deviceHistory(
	spans: readonly Span[],
	freed: Observation | undefined,
	attached: ReadonlyMap<string, number>,
): Omit<Device, 'name'> {
	const moments = spans.filter((span) => !isInside(span)).flatMap(momentsOf);
	moments.sort((a, b) => a.observation.order - b.observation.order);
	const builder = new Builder();
	// A pointer names the holder that has it at that moment: its memory may become the next holder.
	const states = moments.map((moment, index) => {
		builder.add(moment, index);
		const { fields, order } = moment.observation;
		// The memory of a freed device tells nothing.
		return fields && !(freed && order > freed.order) ? builder.holders.state(fields) : null;
	});
	const indexOf = (order: number): number => {
		const after = moments.findIndex(({ observation }) => observation.order > order);
		return (after < 0 ? moments.length : after) - 1;
	};
	const { holders, calls, callbacks, made, answers } = builder;
	const start = startOf(calls, states);
	const removals = spans.filter(({ call }) => call.name === 'kill_dax');
	const isTraced = ({ callback }: Holder): boolean =>
		callback !== undefined &&
		removals.every(({ call }) => call.order > (attached.get(callback) ?? NEVER));
	const filled = fill(start, states, freed && indexOf(freed.order));
	const history = new History({
		calls,
		callbacks,
		start,
		states: filled,
		// References are not traced: no oracle counts those of an incomplete recording.
		device: { ...(filled.at(-1) ?? start), refs: 0 },
		complete: false,
		faults: [],
		warnings: spans
			.flatMap(({ warnings }) => warnings)
			.map(({ name, order }) => ({ function: name, at: indexOf(order) })),
		...(freed && { freed: indexOf(freed.order) }),
		silent: holders.all.filter((each) => !isTraced(each)).map(({ name }) => name),
	});
	return {
		history,
		holders: holders.all,
		made,
		answers,
		hasFields: states.some((state) => state !== null),
	};
}

const momentsOf = (span: Span): Moment[] => [
	{ span, observation: span.call },
	...(span.end ? [{ span, observation: span.end }] : []),
];

/** True for a call that super.c makes inside another call of the same device: put_dax() in fs_put_dax(). */
const isInside = ({ call, outer, device }: Span): boolean =>
	call.kind === 'call' && outer?.call.kind === 'call' && outer.device === device;

/** The state at the start. Where no fields are read, a release before any claim is that of the holder. */
function startOf(calls: readonly CallSpan[], states: readonly (State | null)[]): State {
	if (calls[0]?.call === 'alloc_dax') return { alive: true, holder: null, ops: null };
	const index = states.findIndex((state) => state !== null);
	const known = states[index];
	const claim = calls.find(({ call, end }) => end === index && CLAIMS.includes(call));
	// A claim that is ok found no holder.
	if (known && claim?.holder && claim.result === 'ok') return { ...known, holder: null, ops: null };
	if (known) return known;
	const first = calls.find(
		({ call, holder, result }) =>
			holder !== null && (call === 'fs_put_dax' || (CLAIMS.includes(call) && result === 'ok')),
	);
	const holder = first?.call === 'fs_put_dax' ? first.holder : null;
	// alive is unknown: false, so that no rule takes a device for alive.
	return { alive: false, holder, ops: holder };
}

/** The state after each event: that before it where the event read none. */
function fill(start: State, states: readonly (State | null)[], freed = NEVER): State[] {
	let state = start;
	return states.map((next, index) => {
		state = index > freed ? { ...state, holder: null, ops: null } : (next ?? state);
		return state;
	});
}

/** Collects calls and callbacks in the order of their moments. */
class Builder {
	readonly holders = new Holders();
	readonly calls: CallSpan[] = [];
	readonly callbacks: CallbackSpan[] = [];
	readonly made = new Map<CallSpan | CallbackSpan, Observation>();
	readonly answers = new Map<CallbackSpan, string>();
	private readonly bySpan = new Map<Span, Made>();

	add({ span, observation }: Moment, index: number): void {
		if (observation !== span.call) {
			this.end(span, index);
			return;
		}
		const made =
			span.call.kind === 'callback' ? this.callback(span, index) : this.call(span, index);
		if (!made) return;
		this.bySpan.set(span, made);
		this.made.set(made, span.call);
	}

	private call({ call, outer }: Span, begin: number): Made {
		const { name, task, values } = call;
		const holder = this.holderOf(call);
		const argument = holder?.name ?? (values.holder === NULL ? 'NULL' : '');
		const made: Mutable<CallSpan> = {
			begin,
			end: NEVER,
			agent: task,
			call: name as CallName,
			as: `${name}(${argument})`,
			holder: holder?.name ?? null,
			inside: this.around(outer, (each): each is CallbackSpan => 'caller' in each),
		};
		this.calls.push(made);
		return made;
	}

	private holderOf(call: Observation): Holder | null {
		if (CLAIMS.includes(call.name)) return this.holders.claims(call);
		return call.name === 'fs_put_dax' ? this.holders.releases(call) : null;
	}

	private callback({ call, outer }: Span, begin: number): Made | null {
		const { name, task, values } = call;
		const caller = this.around(outer, (each): each is CallSpan => 'call' in each);
		const holder = this.holders.called(name);
		if (!caller || !holder) return null;
		const made: Mutable<CallbackSpan> = {
			begin,
			end: NEVER,
			agent: task,
			holder: holder.name,
			flags: flagsName(Number(values.flags ?? 0)) ?? 0,
			length: bytesName(BigInt(values.length ?? 0)),
			caller,
		};
		this.callbacks.push(made);
		return made;
	}

	/** The innermost of these around a span. */
	private around<T extends Made>(outer: Span | null, is: (made: Made) => made is T): T | null {
		for (let each = outer; each; each = each.outer) {
			const made = this.bySpan.get(each);
			if (made && is(made)) return made;
		}
		return null;
	}

	private end(span: Span, index: number): void {
		const made = this.bySpan.get(span);
		if (!made) return;
		made.end = index;
		if (!('call' in made)) {
			this.answers.set(made, resultName(Number(span.end?.values.result ?? 0)));
			return;
		}
		made.result = this.resultOf(span);
		if (CLAIMS.includes(made.call)) this.holders.claimed(made.holder, made.result !== 'ok');
	}

	private resultOf({ call, end }: Span): string | null {
		const { device, result } = end?.values ?? {};
		if (call.name === 'dax_holder') return this.holders.name(result);
		if (call.name === 'fs_dax_get_by_bdev') return device === NULL ? null : 'ok';
		return result === undefined ? 'ok' : resultName(Number(result));
	}
}
