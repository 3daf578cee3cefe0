// SPDX-License-Identifier: MIT
/** The memory that is shared with the process of a tree: abi.ts says where what is. */
import type { Schedule } from '../implementation';
import { fields, INPUT, INPUT_SIZE, NAME_SIZE, NAMES, OUTPUT } from './abi';

export interface Memory {
	readonly buffer: ArrayBuffer;
	readonly words: Int32Array;
	readonly input: Uint8Array;
	readonly output: Int32Array;
}

export const memoryOf = (buffer: ArrayBuffer): Memory => ({
	buffer,
	words: new Int32Array(buffer, 0, OUTPUT),
	input: new Uint8Array(buffer, INPUT * 4, INPUT_SIZE),
	output: new Int32Array(buffer, OUTPUT * 4),
});

/** Writes schedules from an index on, as many as fit; gives how many. */
export function writeSchedules(
	{ input }: Memory,
	schedules: readonly Schedule[],
	from: number,
): number {
	let at = 0;
	let index = from;
	for (; index < schedules.length; index++) {
		const schedule = schedules[index]!;
		if (at + 2 + schedule.length > INPUT_SIZE) break;
		input[at++] = schedule.length & 0xff;
		input[at++] = schedule.length >>> 8;
		for (let choice = 0; choice < schedule.length; choice++) input[at++] = schedule[choice]!;
	}
	return index - from;
}

/** Names of objects by number: fields first, then what else appeared so far. */
export function objectNames({ words }: Memory): string[] {
	const bytes = Buffer.from(words.buffer, (NAMES + 1) * 4, words[NAMES]! * NAME_SIZE);
	const others = Array.from({ length: words[NAMES]! }, (_, index) => {
		const name = bytes.subarray(index * NAME_SIZE, (index + 1) * NAME_SIZE);
		return name.subarray(0, name.indexOf(0)).toString('latin1');
	});
	return [...fields, ...others];
}
