// SPDX-License-Identifier: MIT
/** Finds where a state changes along a sequence, with as few questions as possible. */

/** none: the vector does not apply. unknown: cannot be decided. */
export type State = 'pass' | 'fail' | 'none' | 'unknown';

export interface Transition {
	readonly from: State;
	readonly to: State;
	/** Index of the last element with the old state. */
	readonly last: number;
	/** Index of the first element with the new state; those between are unknown. */
	readonly first: number;
}

/**
 * Transitions among elements 0 to count - 1, in order. Between two equal states nothing is assumed to change, except
 * that both ends of the whole are equal: then every element is asked until one differs.
 */
export async function transitions(
	count: number,
	stateOf: (index: number) => Promise<State>,
): Promise<Transition[]> {
	const low = await known(range(0, count - 1), stateOf);
	const high = await known(range(0, count - 1).reverse(), stateOf);
	if (low === undefined || high === undefined || low.index === high.index) return [];
	if (low.state !== high.state) return between(low, high, stateOf);
	const waiting: [number, number][] = [[low.index, high.index]];
	for (let next = waiting.shift(); next; next = waiting.shift()) {
		const [from, to] = next;
		const middle = await nearMiddle(from, to, stateOf);
		if (!middle) continue;
		if (middle.state !== low.state)
			return [...(await between(low, middle, stateOf)), ...(await between(middle, high, stateOf))];
		waiting.push([from, middle.index], [middle.index, to]);
	}
	return [];
}

interface Known {
	readonly index: number;
	readonly state: State;
}

async function between(
	low: Known,
	high: Known,
	stateOf: (index: number) => Promise<State>,
): Promise<Transition[]> {
	if (low.state === high.state) return [];
	const middle = await nearMiddle(low.index, high.index, stateOf);
	if (!middle) return [{ from: low.state, to: high.state, last: low.index, first: high.index }];
	return [...(await between(low, middle, stateOf)), ...(await between(middle, high, stateOf))];
}

/** The element nearest to the middle, within two others, whose state is known. */
function nearMiddle(
	low: number,
	high: number,
	stateOf: (index: number) => Promise<State>,
): Promise<Known | undefined> {
	const middle = (low + high) / 2;
	const inner = range(low + 1, high - 1);
	return known(
		inner.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)),
		stateOf,
	);
}

/** The first of some elements whose state is known. */
async function known(
	indexes: readonly number[],
	stateOf: (index: number) => Promise<State>,
): Promise<Known | undefined> {
	for (const index of indexes) {
		const state = await stateOf(index);
		if (state !== 'unknown') return { index, state };
	}
	return undefined;
}

const range = (first: number, last: number): number[] =>
	Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
