// SPDX-License-Identifier: MIT
/**
 * The history of one device: calls and callbacks with begin and end, the device after each event, and the tenures of its
 * holders. Oracles read nothing else, so a history can come from a model as well as from a running kernel.
 */
import type { CallName, FaultName } from '../../schema/types/common';
import { CLAIMS, isRemoval } from './calls';

/** Index of an event that never comes. The index -1 is before the first event. */
export const NEVER = Number.POSITIVE_INFINITY;

export interface Span {
	readonly begin: number;
	readonly end: number;
	readonly agent: number;
}

export interface CallSpan extends Span {
	readonly call: CallName;
	/** Name of the call in its program. */
	readonly as: string;
	readonly holder: string | null;
	/** The callback that makes the call; null for a call of a thread. */
	readonly inside: CallbackSpan | null;
	/** undefined when the call never returned. */
	readonly result?: string | null;
}

export interface CallbackSpan extends Span {
	readonly holder: string;
	readonly flags: string | number;
	readonly length: string | number;
	/** The call that invoked the callback. */
	readonly caller: CallSpan;
}

/** Period for which a holder has claimed the device. */
export interface Tenure {
	readonly holder: string;
	readonly ops: string | null;
	/** null for the holder at the start. */
	readonly claim: CallSpan | null;
	/** Return of the claim. */
	readonly from: number;
	/** Begin of the release or of the removal: until then the fields are the holder's. */
	readonly until: number;
	readonly release: CallSpan | null;
	/** The first removal that ends after the begin of the claim. */
	readonly removal: CallSpan | null;
}

/** Fields of the device after an event. */
export interface State {
	readonly alive: boolean;
	readonly holder: string | null;
	readonly ops: string | null;
}

/** Plain data from which a history is made. */
export interface Recording {
	readonly calls: readonly CallSpan[];
	readonly callbacks: readonly CallbackSpan[];
	readonly start: State;
	/** The state after each event. */
	readonly states: readonly State[];
	/** The device after the last event; refs counts from the start. */
	readonly device: State & { readonly refs: number };
	readonly faults: readonly { fault: FaultName; where: string; at: number }[];
	readonly warnings: readonly { function: string; at: number }[];
	/** True if every thread ran to its end without a fault, and refs is known. */
	readonly complete: boolean;
	/** Index of the last event before the device was freed: it is freed inside a call. */
	readonly freed?: number;
	/** Holders whose callbacks are not recorded. */
	readonly silent?: readonly string[];
}

export class History {
	readonly calls: readonly CallSpan[];
	readonly callbacks: readonly CallbackSpan[];
	readonly removals: readonly CallSpan[];
	readonly tenures: readonly Tenure[];
	/** Index of the last event. */
	readonly last: number;

	constructor(readonly recording: Recording) {
		this.calls = recording.calls;
		this.callbacks = recording.callbacks;
		this.removals = this.calls.filter(isRemoval);
		this.last = recording.states.length - 1;
		const { holder, ops } = recording.start;
		const first = holder === null ? [] : [this.tenure(holder, ops, null)];
		const claimed = this.calls.flatMap((call) =>
			CLAIMS.includes(call.call) && call.holder !== null && call.result === 'ok'
				? [this.tenure(call.holder, call.holder, call)]
				: [],
		);
		this.tenures = [...first, ...claimed];
	}

	/** The state after an event; at -1 the state at the start. */
	state(index: number): State {
		const state = index < 0 ? this.recording.start : this.recording.states[index];
		if (!state) throw new RangeError(`no event ${index}`);
		return state;
	}

	/** Indexes of the events after which no call is in progress. */
	*idle(): Generator<number> {
		for (let index = -1; index <= this.last; index++)
			if (!this.calls.some(({ begin, end }) => begin <= index && index < end)) yield index;
	}

	private tenure(holder: string, ops: string | null, claim: CallSpan | null): Tenure {
		const from = claim?.end ?? -1;
		const release = this.calls.find(
			(each) => each.call === 'fs_put_dax' && each.holder === holder && each.begin > from,
		);
		const removal = this.removals.find(({ end }) => end > (claim?.begin ?? -1));
		return {
			holder,
			ops,
			claim,
			from,
			until: Math.min(release?.begin ?? NEVER, removal?.begin ?? NEVER),
			release: release ?? null,
			removal: removal ?? null,
		};
	}
}

/** True if two spans overlap in time. */
export const overlap = (a: Span, b: Span): boolean => a.begin < b.end && b.begin < a.end;
