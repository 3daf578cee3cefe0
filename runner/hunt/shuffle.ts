// SPDX-License-Identifier: MIT
/** Returns a list in a random order that depends on the seed only. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
	const next = random(seed);
	return list
		.map((item) => ({ item, key: next() }))
		.sort((a, b) => a.key - b.key)
		.map(({ item }) => item);
}

/** Random numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
