// SPDX-License-Identifier: MIT
/** Reads executions from the words that the machine writes: machine/format.h has the format. */
import type { Event, Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { NoAnswer } from '../implementation';
import type { Fence } from '../isolated-threads';
import {
	barriers,
	DEVICE_WORDS,
	DIVERGED,
	EVENT_WORDS,
	FENCE,
	HEADER_WORDS,
	LOG,
	MAX_EVENTS,
	MAX_RECORDS,
	nameOf,
	RECORD_WORDS,
	reasons,
} from './abi';
import { readEvent } from './event';
import { wordAt } from './memory';
import type { Names } from './names';
import { readRecord } from './records';

type Device = Execution['device'];

/** A part of some words. */
interface Span {
	readonly words: Int32Array;
	readonly from: number;
	readonly to: number;
}

const NO_WORDS = new Int32Array(0);

/** One thread by itself. marks: for each event the order of its access, machine/order.h. */
export interface ReadAlone {
	readonly execution: Execution;
	readonly marks: readonly number[];
	readonly fences: readonly { readonly before: number; readonly fence: Fence }[];
}

/**
 * Reads the executions of one program from the words that the machine wrote. Successive executions of a search begin
 * alike: the events of equal words at the beginning are the objects of the execution before.
 */
export class Reader {
	/** The device when the threads start, with the absolute number of references. */
	readonly start: Device;
	/** The same of the second device, in a program with memory for one. */
	private readonly log: Device | undefined;
	/** The words that are read, and where the next execution begins. */
	private words: Int32Array = NO_WORDS;
	private at = 0;
	/** The events of the last execution, and where their words are. */
	private events: readonly Event[] = [];
	private eventWords: Span = { words: NO_WORDS, from: 0, to: 0 };
	/** The words of each execution. */
	private readonly spans = new WeakMap<Execution, Span>();

	constructor(
		private readonly names: Names,
		start: Int32Array,
		{ log }: Program,
	) {
		this.start = this.device(start, 0);
		this.log = log === undefined ? undefined : this.device(start, 0, { which: LOG });
	}

	/** Reads a number of executions. Of the earlier ones, gives those whose words are the same. */
	read(words: Int32Array, count: number, earlier: readonly Execution[] = []): Execution[] {
		this.words = words;
		this.at = 0;
		const executions: Execution[] = [];
		while (executions.length < count)
			executions.push(this.earlier(earlier[executions.length]) ?? this.kept());
		return executions;
	}

	/** The earlier execution if the next words are its own, which are then read. */
	private earlier(execution: Execution | undefined): Execution | undefined {
		const span = execution && this.spans.get(execution);
		if (!span) return undefined;
		const { words, at } = this;
		for (let index = span.from; index < span.to; index++)
			if (words[at + index - span.from] !== span.words[index]) return undefined;
		this.at += span.to - span.from;
		return execution;
	}

	private kept(): Execution {
		const { words, at: from } = this;
		const execution = this.execution();
		this.spans.set(execution, { words, from, to: this.at });
		return execution;
	}

	/** Reads the events, marks and fences of one thread by itself, from an index on. */
	readAlone(words: Int32Array, from: number): ReadAlone {
		this.words = words;
		this.at = from;
		const execution = this.execution();
		const first = from + HEADER_WORDS;
		const last = first + execution.events.length * EVENT_WORDS;
		const marks = execution.events.map(
			(_, index) => (wordAt(words, first + index * EVENT_WORDS) >>> 16) & 0xff,
		);
		const fences: ReadAlone['fences'][number][] = [];
		for (let at = last; at < this.at; at += RECORD_WORDS)
			if (words[at] === FENCE)
				fences.push({
					before: wordAt(words, at + 2),
					fence: nameOf(barriers, wordAt(words, at + 3)),
				});
		return { execution, marks, fences };
	}

	private execution(): Execution {
		const { words, names, start, log } = this;
		const header = this.at;
		const first = header + HEADER_WORDS;
		if (
			!isCount(wordAt(words, header), MAX_EVENTS) ||
			!isCount(wordAt(words, header + 1), MAX_RECORDS)
		)
			throw new NoAnswer('crash', MALFORMED);
		const last = first + wordAt(words, header) * EVENT_WORDS;
		const events = this.events.slice(0, this.knownEvents(first, last));
		for (let at = first + events.length * EVENT_WORDS; at < last; at += EVENT_WORDS)
			events.push(readEvent(words, at, names));
		this.events = events;
		this.eventWords = { words, from: first, to: last };
		const results: Execution['results'] = [];
		for (let index = 0; index < events.length; index++) {
			const { op, site, new: value } = events[index] as Event;
			// Object 0 is a call of the program; the return of a callback is no result.
			if (op === 'return' && wordAt(words, first + index * EVENT_WORDS) >>> 24 === 0)
				results.push({ site, value: value as string | null });
		}
		const execution: Execution = {
			agents: names.agents,
			start: { ...withoutRefs(start), ...(log && { log: withoutRefs(log) }) },
			events,
			results,
			device: this.device(words, header, { baseline: start.refs }),
			...(log && { log: this.device(words, header, { which: LOG, baseline: log.refs }) }),
			warnings: [],
			callbacks: [],
			faults: [],
			blocked: [],
			diverged: this.diverged(header),
		};
		this.at = last + wordAt(words, header + 1) * RECORD_WORDS;
		for (let at = last; at < this.at; at += RECORD_WORDS) readRecord(words, at, names, execution);
		return execution;
	}

	/** Number of events at the beginning with the words of the last execution. */
	private knownEvents(first: number, last: number): number {
		const { words, eventWords } = this;
		const end = Math.min(last - first, eventWords.to - eventWords.from);
		let index = 0;
		while (index < end && words[first + index] === eventWords.words[eventWords.from + index])
			index++;
		return Math.floor(index / EVENT_WORDS);
	}

	private device(words: Int32Array, header: number, { which = 0, baseline = 0 } = {}): Device {
		const at = header + 2 + which * DEVICE_WORDS;
		return {
			alive: words[at] !== 0,
			holder: this.names.pointer(wordAt(words, at + 1)),
			ops: this.names.pointer(wordAt(words, at + 2)),
			refs: wordAt(words, at + 3) - baseline,
		};
	}

	private diverged(header: number): Execution['diverged'] {
		const { words } = this;
		const at = wordAt(words, header + DIVERGED);
		if (at < 0) return null;
		const why = nameOf(reasons, wordAt(words, header + DIVERGED + 2));
		return { at, agent: wordAt(words, header + DIVERGED + 1), why };
	}
}

/** A tree can write anything into the memory that its process shares with this one. */
export const MALFORMED =
	'the process of the tree gave a malformed answer: look at its super.c before you trust it';

export const isCount = (value: number, most: number): boolean => value >= 0 && value <= most;

const withoutRefs = ({ alive, holder, ops }: Device) => ({ alive, holder, ops });
