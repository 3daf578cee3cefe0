// SPDX-License-Identifier: MIT
/** Shared memory in which the main thread and its workers claim the cases that they decide: a number for each case. */

export type Claims = Int32Array<SharedArrayBuffer>;

/** Any other number is of the thread that claimed the case and has not finished it. */
const UNCLAIMED = 0;
const FINISHED = -1;

/** The main thread; workers have the numbers above. */
export const MAIN = 1;

export const unclaimed = (cases: number): Claims =>
	new Int32Array(new SharedArrayBuffer(cases * Int32Array.BYTES_PER_ELEMENT)).fill(UNCLAIMED);

/** Claims the first case that is left, and gives its index; undefined if none is left. */
export function claim(claims: Claims, thread: number): number | undefined {
	for (let index = 0; index < claims.length; index++)
		if (Atomics.compareExchange(claims, index, UNCLAIMED, thread) === UNCLAIMED) return index;
	return undefined;
}

export function finish(claims: Claims, index: number): void {
	Atomics.store(claims, index, FINISHED);
}

/** Leaves no case to claim. */
export function finishAll(claims: Claims): void {
	for (let index = 0; index < claims.length; index++) finish(claims, index);
}

/** Indexes of the cases that a thread claimed and has not finished. */
export const claimedBy = (claims: Claims, thread: number): number[] =>
	[...claims.keys()].filter((index) => Atomics.load(claims, index) === thread);
