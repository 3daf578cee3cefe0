// SPDX-License-Identifier: MIT
/** An execution as its callers lived it: calls with a beginning and an end, and who held the device from when on. */
import type { CallName } from '../../schema/types/common';
import type { Execution } from '../../schema/types/execution';
import { fieldNames } from '../library/compile';
import { isCallback } from '../library/observation';
import { type Compiled, claims, isRelease, isRemoval, type Scenario } from './scenario';

/** Indexes of events; -1 is before the first one, NEVER after all. */
export const NEVER = Number.POSITIVE_INFINITY;

export interface Span {
	readonly begin: number;
	end: number;
	readonly agent: number;
}

export interface Made extends Span {
	readonly call: CallName;
	/** Its name in the scenario. */
	readonly as: string;
	readonly holder: string | null;
	/** The callback that made it. */
	readonly within: Told | null;
	/** undefined when it never returned. */
	result?: string | null;
}

/** A callback. */
export interface Told extends Span {
	readonly holder: string;
	readonly flags: string | number;
	readonly length: string | number;
	/** The call that called back. */
	readonly by: Made;
}

/** A claim that succeeded. Between its end and what ends it, nobody may touch it. */
export interface Tenure {
	readonly holder: string;
	readonly ops: string | null;
	/** null when it was there before the threads began. */
	readonly claim: Made | null;
	/** From when on it is in force: the return of its claim. */
	readonly from: number;
	readonly release: Made | null;
	/** The first removal that ended after the claim had begun. */
	readonly removal: Made | null;
	/** Until when nobody else may touch it: its release or a removal begins. */
	readonly until: number;
}

/** The fields after an event. */
export interface State {
	readonly alive: boolean;
	readonly holder: string | null;
	readonly ops: string | null;
}

export class History {
	readonly calls: Made[] = [];
	readonly callbacks: Told[] = [];
	readonly tenures: Tenure[];
	/** states[i + 1] is the state after event i. */
	private readonly states: State[] = [];

	constructor(
		readonly scenario: Scenario,
		{ program, sites }: Pick<Compiled, 'program' | 'sites'>,
		readonly execution: Execution,
	) {
		const names = new Map([...sites].map(([name, site]) => [site, name]));
		const written = new Map(
			[
				...program.threads.flatMap(({ calls }) => calls),
				...Object.values(program.holders).flatMap((holder) => holder?.calls ?? []),
			].map((call) => [call.site, call]),
		);
		const open: (Made | Told)[][] = execution.agents.map(() => []);
		const results = execution.results[Symbol.iterator]();
		let state: State = execution.start;
		this.states.push(state);
		execution.events.forEach((event, index) => {
			const { agent, op, object, site } = event;
			const stack = open[agent]!;
			if (op === 'call') {
				const span = { begin: index, end: NEVER, agent };
				if (isCallback(event)) {
					const told = execution.callbacks.find((each) => each.event === index)!;
					const { holder, flags, length } = told;
					const by = stack.findLast((each): each is Made => 'call' in each)!;
					const callback: Told = { ...span, holder, flags, length, by };
					this.callbacks.push(callback);
					stack.push(callback);
				} else {
					const { call, holder = null } = written.get(site)!;
					const within = stack.findLast((each): each is Told => 'by' in each) ?? null;
					const made: Made = { ...span, call, as: names.get(site)!, holder, within };
					this.calls.push(made);
					stack.push(made);
				}
			} else if (op === 'return') {
				const ended = stack.pop()!;
				ended.end = index;
				if ('call' in ended) ended.result = results.next().value!.value;
			} else if (op === 'write' || op === 'rmw')
				for (const [field, name] of Object.entries(fieldNames))
					if (name === object) state = { ...state, [field]: event.new };
			this.states.push(state);
		});
		this.tenures = this.findTenures();
	}

	/** The state after an event; -1 is the state at the start. */
	state(index: number): State {
		return this.states[index + 1]!;
	}

	get last(): number {
		return this.execution.events.length - 1;
	}

	get removals(): Made[] {
		return this.calls.filter(isRemoval);
	}

	/** Did everybody come to the end of what they do? */
	get complete(): boolean {
		const { faults, blocked } = this.execution;
		return faults.length === 0 && blocked.length === 0;
	}

	/** The moments at which no call is in progress. */
	*idle(): Generator<number> {
		for (let index = -1; index <= this.last; index++)
			if (!this.calls.some(({ begin, end }) => begin <= index && index < end)) yield index;
	}

	private findTenures(): Tenure[] {
		const { holder, ops } = this.scenario.device;
		const granted = this.calls.filter((call) => claims(call) && call.result === 'ok');
		const starts: (Made | null)[] = holder === null ? granted : [null, ...granted];
		return starts.map((claim) => {
			const name = claim?.holder ?? holder!;
			const from = claim?.end ?? -1;
			const release =
				this.calls.find((call) => isRelease(call) && call.holder === name && call.begin > from) ??
				null;
			const removal = this.removals.find(({ end }) => end > (claim?.begin ?? -1)) ?? null;
			const until = Math.min(release?.begin ?? NEVER, removal?.begin ?? NEVER);
			return { holder: name, ops: claim ? name : ops, claim, from, release, removal, until };
		});
	}
}

/** Do two calls overlap in time? */
export const overlap = (a: Span, b: Span): boolean => a.begin < b.end && b.begin < a.end;
