// SPDX-License-Identifier: MIT
/**
 * The paths of one thread by itself: a tree that branches at each value that a read returns. A request runs the path that is
 * asked for and longer ones that will probably be asked for next, because it takes longer than a run: machine/paths.h.
 */
import type { Value } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { vectorFields } from '../calls';
import { NoAnswer } from '../implementation';
import type { ThreadRun } from '../isolated-threads';
import { repeatSync } from '../restarts';
import { BEYOND, FAILED, nameOf, ORDER, orders, WAITS } from './abi';
import { MALFORMED, type Reader } from './execution';
import type { TreeProcess } from './process';
import type { RunPlace } from './runs';

/** Runs of one request at most. */
const MAX_RUNS = 128;

/** One run of a thread, with the orders of its accesses. */
interface Run {
	readonly lone: ThreadRun;
	readonly marks: readonly number[];
}

/** Where the words of a run are. */
interface Answer extends RunPlace {
	readonly words: Int32Array;
	readonly reader: Reader;
}

interface Path {
	/** By the next value; made when there is one, because most paths are never asked for. */
	longer?: Map<Value, Path>;
	answer?: Answer;
	/** Read from the answer when it is asked for. */
	run?: Run;
}

export class Paths {
	private readonly root: Path = {};
	private readonly holders: readonly string[];
	/** For each field the values that reads may return. */
	private readonly domains: readonly (readonly Value[])[];
	private readonly domainWords: readonly number[];

	constructor(
		private readonly process: TreeProcess,
		private readonly program: Program,
		private readonly thread: number,
		valuesOf: (field: string) => readonly Value[],
	) {
		this.holders = Object.keys(program.holders);
		this.domains = vectorFields.map(valuesOf);
		this.domainWords = this.domains.flatMap((values) => this.list(values));
	}

	/** Runs the thread on the values that its reads return. Throws NoAnswer. */
	run(values: readonly Value[]): ThreadRun {
		return this.runOn(values).lone;
	}

	private runOn(values: readonly Value[]): Run {
		let path = this.root;
		let shorter: Path | undefined;
		for (const value of values) {
			shorter = path;
			path = longer(path, value);
		}
		path.run ??= this.read(path.answer ?? this.ask(path, values), values, shorter?.run);
		return path.run;
	}

	/** Asks for a path and longer ones. */
	private ask(path: Path, values: readonly Value[]): Answer {
		// The process may have ended on a longer path, which the caller did not ask for.
		return (
			attempt(() => this.request(path, values, MAX_RUNS)) ??
			repeatSync(() => this.request(path, values, 1))
		);
	}

	private request(path: Path, values: readonly Value[], most: number): Answer {
		const words = [this.thread, most, ...this.list(values), ...this.domainWords];
		const { runs, ...answer } = this.process.runPaths(this.program, words);
		const open = [path];
		for (const [index, run] of runs.entries()) {
			const each = open[index];
			if (!each) throw new NoAnswer('crash', MALFORMED);
			each.answer ??= { ...run, ...answer };
			for (const value of this.domains[run.waitsFor ?? -1] ?? [])
				if (open.length < runs.length) open.push(longer(each, value));
		}
		return path.answer as Answer;
	}

	/** A list of a request: its length and its words. */
	private list(values: readonly Value[]): number[] {
		return [values.length, ...values.map((value) => wordOf(value, this.holders))];
	}

	/** shorter is the run with one value less, if it was read. */
	private read(
		{ reader, words, at, how }: Answer,
		values: readonly Value[],
		shorter: Run | undefined,
	): Run {
		const { execution, marks, fences } = reader.readAlone(words, at);
		const { results, warnings, callbacks, faults, blocked } = execution;
		// Up to the read that waited, the events are those of the run with one value less.
		const events = shorter?.lone.events.slice(0, -1) ?? [];
		let reads = events.filter(({ op }) => op === 'read' || op === 'rmw').length;
		for (const [index, event] of execution.events.entries()) {
			if (index < events.length) continue;
			const order = nameOf(orders, (marks[index] ?? 0) & ORDER);
			if (event.op === 'read') reads++;
			if (event.op !== 'rmw') {
				events.push({ ...event, order });
				continue;
			}
			const given = values.slice(0, reads++);
			const update = (old: Value) => storedBy(this.runOn([...given, old]), index);
			events.push({ ...event, order, update });
		}
		const waits = (how & WAITS) !== 0;
		const lone = { events, fences, waits, results, warnings, callbacks, faults, blocked };
		return { marks, lone: how & BEYOND ? { ...lone, beyond: ELSEWHERE } : lone };
	}
}

function longer(path: Path, value: Value): Path {
	path.longer ??= new Map();
	const known = path.longer.get(value);
	if (known) return known;
	const made: Path = {};
	path.longer.set(value, made);
	return made;
}

/** The result; undefined where the process gives no answer. */
function attempt<Result>(act: () => Result): Result | undefined {
	try {
		return act();
	} catch (error) {
		if (error instanceof NoAnswer) return undefined;
		throw error;
	}
}

const ELSEWHERE = 'it writes other memory than the four fields that vectors speak of';

const storedBy = ({ lone, marks }: Run, index: number): Value | undefined =>
	(marks[index] ?? 0) & FAILED ? undefined : lone.events[index]?.new;

/** Encodes a value for the machine; -1 for a pointer that is neither NULL nor a holder. */
function wordOf(value: Value, holders: readonly string[]): number {
	if (typeof value !== 'string') return Number(value);
	const holder = holders.indexOf(value);
	return holder < 0 ? -1 : holder + 1;
}
