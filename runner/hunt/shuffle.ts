// SPDX-License-Identifier: MIT
/** A list in an order that its seed decides. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
	const next = random(seed);
	const result = [...list];
	for (let last = result.length - 1; last > 0; last--) {
		const other = Math.floor(next() * (last + 1));
		[result[last], result[other]] = [result[other]!, result[last]!];
	}
	return result;
}

/** Numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
