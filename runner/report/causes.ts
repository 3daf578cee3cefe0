// SPDX-License-Identifier: MIT
/** Groups failures by cause, so that one race that fails several vectors is explained once. */
import type { Failure, Lanes, Result, Step } from '../../schema/types/report';
import { isWrite } from '../diagram/step';

export interface Cause {
	/** The failure to show: the one with the fewest preemptions and steps. */
	readonly result: Result;
	/** Undefined for a crash and a timeout. */
	readonly failure: Failure | undefined;
	/** Other vectors that fail for the same cause, each once, ascending. */
	readonly others: readonly string[];
}

interface Member {
	readonly result: Result;
	readonly failure: Failure | undefined;
}

/** Causes of results that fail, by the id of the failure to show. A result may have several. */
export function causesOf(results: readonly Result[]): Cause[] {
	const groups = new Map<string, Member[]>();
	for (const result of results)
		for (const failure of result.failures.length > 0 ? result.failures : [undefined]) {
			const key = causeOf(result, failure);
			groups.set(key, [...(groups.get(key) ?? []), { result, failure }]);
		}
	const shown: Member[][] = [];
	// The largest group explains a vector; a smaller one counts only for what it adds.
	for (const members of [...groups.values()].sort((a, b) => idsOf(b).size - idsOf(a).size))
		if (!shown.some((group) => [...idsOf(members)].every((id) => idsOf(group).has(id))))
			shown.push(members);
	return shown.map(toCause).sort((a, b) => (a.result.id < b.result.id ? -1 : 1));
}

const idsOf = (members: readonly Member[]): Set<string> =>
	new Set(members.map(({ result }) => result.vector));

function toCause(members: readonly Member[]): Cause {
	const [first] = [...members].sort((a, b) => lengthOf(a) - lengthOf(b)) as [Member];
	const others = [...idsOf(members)].filter((id) => id !== first.result.vector).sort();
	return { ...first, others };
}

/** Preemptions, then steps. */
const lengthOf = ({ failure }: Member): number =>
	(failure?.preemptions ?? 0) * 1000 + (failure?.lanes?.steps.length ?? 0);

/**
 * Name of the cause: the data race; else the call that another thread interrupts between two of its accesses, with a
 * write in between; else the message.
 */
function causeOf({ reason, verdict, failures }: Result, failure: Failure | undefined): string {
	// A reason of its own, such as a difference from the known-failures entry, must be shown.
	if (!failure || reason !== failures[0]?.message) return `${verdict} ${reason}`;
	if (failure.expectation === 'races') return failure.message;
	const interrupted = failure.lanes && failure.preemptions && interruptedCall(failure.lanes);
	return interrupted ? `interrupted: ${interrupted}` : failure.message;
}

/** Name of the first call that is interrupted while it runs, not while it waits. */
function interruptedCall({ steps }: Lanes): string | undefined {
	const calls = new Map<number, string[]>();
	for (const [index, step] of steps.entries()) {
		const open = calls.get(step.lane) ?? [];
		calls.set(step.lane, open);
		if (step.op === 'call') open.push(step.object);
		else if (step.op === 'return') open.pop();
		const next = steps.findIndex((each, at) => at > index && each.lane === step.lane);
		const between = steps.slice(index + 1, Math.max(next, 0));
		if (open.length > 0 && step.op !== 'sync-begin' && between.some(isShared)) return open.at(-1);
	}
	return undefined;
}

/** True for a write to a field of a device, not to a count of references. */
const isShared = (step: Step): boolean => isWrite(step) && !step.object.endsWith('i_count');
