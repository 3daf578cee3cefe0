// SPDX-License-Identifier: MIT
/** Reads and writes the memory that is shared with the process of a tree. abi.ts has its layout. */
import type { Schedule } from '../implementation';
import { BYTES, fields, INPUT, INPUT_SIZE, MAX_OBJECTS, NAME_SIZE, NAMES, OUTPUT } from './abi';

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

/** Reads a word. Indexes come from the machine, so they are within the memory. */
export const wordAt = (words: Int32Array, index: number): number => words[index] ?? 0;

/** Copies the words of an answer, because the next request overwrites them. */
export const answerIn = ({ words, output }: Memory): Int32Array =>
	output.slice(0, Math.max(wordAt(words, BYTES), 0) >>> 2);

/** Writes schedules from an index on, as many as fit; gives their number. */
export function writeSchedules(
	{ input }: Memory,
	schedules: readonly Schedule[],
	from: number,
): number {
	let at = 0;
	let written = 0;
	for (const schedule of schedules.slice(from)) {
		if (at + 2 + schedule.length > INPUT_SIZE) break;
		input[at++] = schedule.length & 0xff;
		input[at++] = schedule.length >>> 8;
		input.set(schedule, at);
		at += schedule.length;
		written++;
	}
	return written;
}

/** Names of objects by number: fields first, then locks and other memory in the order of their first use. */
export function objectNames({ words }: Memory): string[] {
	const length = Math.min(Math.max(wordAt(words, NAMES), 0), MAX_OBJECTS);
	const bytes = Buffer.from(words.buffer, (NAMES + 1) * 4, length * NAME_SIZE);
	const others = Array.from({ length }, (_, index) => {
		const name = bytes.subarray(index * NAME_SIZE, (index + 1) * NAME_SIZE);
		return name.subarray(0, name.indexOf(0)).toString('latin1');
	});
	return [...fields, ...others];
}
