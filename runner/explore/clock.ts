// SPDX-License-Identifier: MIT
/** Vector clocks: how many events of each agent happen before an event or are it. */

export type Clock = readonly number[];

/** Raises a clock to another one where that is later. */
export function join(clock: number[], other: Clock): void {
	for (let agent = 0; agent < clock.length; agent++)
		if (other[agent]! > clock[agent]!) clock[agent] = other[agent]!;
}
