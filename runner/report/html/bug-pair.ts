// SPDX-License-Identifier: MIT
/** The two accesses of an interleaving that make its bug. */
import type { Lanes, Step } from '../../../schema/types/report';
import { isTrouble, isWrite } from '../../diagram/step';
import { fieldNames } from '../../library/compile';

export interface BugPair {
	/** Index of the write that came first; null when no other thread takes part. */
	readonly first: number | null;
	/** Index of the write that overwrote it, or of the access that saw it. */
	readonly second: number;
}

/** The pair that a failed expectation is about; null when it is about neither a field nor a fault or WARN. */
export function bugPair(lanes: Lanes, expectation: string): BugPair | null {
	const [, word] = /^outcomes\/[^/]+\/device\/(alive|holder|ops)$/.exec(expectation) ?? [];
	return word === undefined
		? beforeTrouble(lanes)
		: lastWrites(lanes, fieldNames[word as keyof typeof fieldNames]);
}

/** The last write of a field, and the last one before it by another thread. */
function lastWrites({ steps }: Lanes, field: string): BugPair | null {
	const writes = (step: Step): boolean => step.object === field && isWrite(step);
	const second = steps.findLastIndex(writes);
	const last = steps[second];
	if (!last) return null;
	const first = steps.findLastIndex(
		(step, index) => index < second && writes(step) && step.lane !== last.lane,
	);
	return { first: first < 0 ? null : first, second };
}

/** The last access above a fault or WARN that saw a write of another thread, and that write. */
function beforeTrouble({ steps }: Lanes): BugPair | null {
	const trouble = steps.findIndex(isTrouble);
	const lane = steps[trouble]?.lane;
	const second = steps.findLastIndex(
		({ saw, ...step }, index) =>
			index < trouble && step.lane === lane && typeof saw === 'number' && steps[saw]?.lane !== lane,
	);
	return second < 0 ? null : { first: steps[second]?.saw ?? null, second };
}
