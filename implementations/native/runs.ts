// SPDX-License-Identifier: MIT
/** Finds the runs of a thread in the words of an answer, without reading their events: machine/paths.h. */
import { vectorFields } from '../calls';
import { NoAnswer } from '../implementation';
import { EVENT_WORDS, HEADER_WORDS, MAX_EVENTS, MAX_RECORDS, RECORD_WORDS, WAITS } from './abi';
import { isCount, MALFORMED, type Reader } from './execution';
import { wordAt } from './memory';

export interface RunPlace {
	/** Index of the first word of its execution. */
	readonly at: number;
	/** Set of enum dv_isolated_status. */
	readonly how: number;
	/** Number of the field that its last read waits for; undefined where the thread ended. */
	readonly waitsFor: number | undefined;
}

export interface Runs {
	readonly words: Int32Array;
	readonly runs: readonly RunPlace[];
	readonly reader: Reader;
}

/** Finds a number of runs. Throws NoAnswer where the words are no runs. */
export function runsIn(words: Int32Array, count: number): RunPlace[] {
	const runs: RunPlace[] = [];
	let end = 0;
	while (runs.length < count) {
		const at = end + 1;
		const events = wordAt(words, at);
		const records = wordAt(words, at + 1);
		const after = at + HEADER_WORDS + events * EVENT_WORDS;
		if (!isCount(events, MAX_EVENTS) || !isCount(records, MAX_RECORDS) || after > words.length)
			throw new NoAnswer('crash', MALFORMED);
		const how = wordAt(words, end);
		const waitsFor = how & WAITS ? wordAt(words, after - EVENT_WORDS) >>> 24 : undefined;
		if (waitsFor !== undefined && (events === 0 || waitsFor >= vectorFields.length))
			throw new NoAnswer('crash', MALFORMED);
		runs.push({ at, how, waitsFor });
		end = after + records * RECORD_WORDS;
	}
	if (count < 1 || end > words.length) throw new NoAnswer('crash', MALFORMED);
	return runs;
}
