// SPDX-License-Identifier: MIT
/** Makes the history of an execution. */
import type { Event, Execution } from '../../schema/types/execution';
import type { ProgramCall } from '../../schema/types/program';
import { type CallbackSpan, type CallSpan, History, NEVER, type State } from '../history/history';
import { faultsOf } from '../judge/faults';
import { fieldNames } from '../library/compile';
import { isCallback } from '../library/observation';
import type { Compiled } from './scenario';

export function historyOf({ program, sites }: Compiled, execution: Execution): History {
	const { events, start, device, warnings, faults, blocked } = execution;
	const names = new Map([...sites].map(([name, site]) => [site, name]));
	const written = [
		...program.threads.flatMap(({ calls }) => calls),
		...Object.values(program.holders).flatMap((holder) => holder?.calls ?? []),
	];
	const spans = new Spans(execution, names, new Map(written.map((call) => [call.site, call])));
	const states: State[] = [];
	let state: State = start;
	for (const [index, event] of events.entries()) {
		spans.add(event, index);
		state = stateAfter(state, event);
		states.push(state);
	}
	const last = events.length - 1;
	return new History({
		calls: spans.calls,
		callbacks: spans.callbacks,
		start,
		states,
		device,
		faults: faultsOf(execution).map(({ fault, where }) => {
			const reported = faults.find((each) => each.fault === fault);
			return { fault, where, at: reported?.event ?? last };
		}),
		warnings: warnings.map(({ function: name, event }) => ({ function: name, at: event })),
		complete: faults.length === 0 && blocked.length === 0,
	});
}

function stateAfter(state: State, { op, object, new: value }: Event): State {
	if (op !== 'write' && op !== 'rmw') return state;
	const field = Object.entries(fieldNames).find(([, name]) => name === object)?.[0];
	return field === undefined ? state : { ...state, [field]: value };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenSpan = Mutable<CallSpan> | Mutable<CallbackSpan>;

/** Pairs call events with return events, a stack for each agent. */
class Spans {
	readonly calls: CallSpan[] = [];
	readonly callbacks: CallbackSpan[] = [];
	private readonly open = new Map<number, OpenSpan[]>();
	private returned = 0;

	constructor(
		private readonly execution: Execution,
		private readonly names: ReadonlyMap<number, string>,
		private readonly written: ReadonlyMap<number, ProgramCall>,
	) {}

	add(event: Event, index: number): void {
		const stack = this.open.get(event.agent) ?? [];
		this.open.set(event.agent, stack);
		if (event.op === 'call')
			stack.push(
				isCallback(event) ? this.callback(event, index, stack) : this.call(event, index, stack),
			);
		else if (event.op === 'return') {
			const ended = stack.pop();
			if (!ended) return;
			ended.end = index;
			if ('call' in ended) ended.result = this.execution.results[this.returned++]?.value;
		}
	}

	private call({ agent, site }: Event, begin: number, stack: readonly OpenSpan[]): OpenSpan {
		const written = this.written.get(site);
		if (!written) throw new Error(`the program has no call at site ${site}`);
		const { call, holder = null } = written;
		const inside = stack.findLast((each): each is CallbackSpan => 'caller' in each) ?? null;
		const as = this.names.get(site) ?? call;
		const span: CallSpan = { begin, end: NEVER, agent, call, as, holder, inside };
		this.calls.push(span);
		return span;
	}

	private callback({ agent }: Event, begin: number, stack: readonly OpenSpan[]): OpenSpan {
		const seen = this.execution.callbacks.find(({ event }) => event === begin);
		const caller = stack.findLast((each): each is CallSpan => 'call' in each);
		if (!seen || !caller) throw new Error(`event ${begin} is a callback without record or caller`);
		const { holder, flags, length } = seen;
		const span: CallbackSpan = { begin, end: NEVER, agent, holder, flags, length, caller };
		this.callbacks.push(span);
		return span;
	}
}
