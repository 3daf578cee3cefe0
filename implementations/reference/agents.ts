// SPDX-License-Identifier: MIT
/** Sets of agents: bit masks while a program runs, arrays in its events. */

/** The lowest agent of a set. */
export const lowest = (mask: number): number => 31 - Math.clz32(mask & -mask);

/** Sets of agents as arrays, shared between events because most repeat. */
const sets = new Map<number, number[]>();

export function agentSet(mask: number): number[] {
	let set = sets.get(mask);
	if (!set) {
		set = Array.from({ length: 32 }, (_, agent) => agent).filter((agent) => mask & (1 << agent));
		sets.set(mask, set);
	}
	return set;
}
