// SPDX-License-Identifier: MIT
/** What the machine wrote down, as an execution: machine.h has the format. */
import type { Event, Execution, Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import { resultName } from '../errno';
import { flagsName, lengthName } from '../failure';
import type { Lines } from './lines';
import {
	CALL,
	CALLBACK,
	EVENT_WORDS,
	FAULT,
	FLAGS,
	faults,
	HEADER_WORDS,
	HOLDER_DATA,
	HOLDER_OPS,
	I_COUNT,
	MINORS,
	ops,
	RECORD_WORDS,
	RETURN,
	RMW,
	reasons,
	WARNING,
} from './words';

type Device = Execution['device'];

/** Reads the executions of one program from the words that the machine wrote. */
export class Reader {
	private readonly agents: string[];
	private readonly holders: (string | null)[];
	private readonly callbacks: string[];
	private readonly sites = new Map<number, ProgramCall['call']>();
	private readonly start: Device;
	/** Where the next execution begins. */
	private at = 0;

	constructor(
		private readonly lines: Lines,
		private readonly words: Int32Array,
		/** Names of objects by number. */
		private readonly objects: readonly string[],
		program: Program,
		start: Int32Array,
	) {
		const names = Object.keys(program.holders);
		this.agents = program.threads.map(({ name }) => name);
		this.holders = [null, ...names];
		this.callbacks = ['', ...names.map((name) => `${name}.notify_failure`)];
		const callers = [...program.threads, ...Object.values(program.holders)];
		for (const caller of callers)
			for (const { site, call } of caller?.calls ?? []) this.sites.set(site, call);
		this.start = this.device(start, 0);
	}

	/** Reads the executions from the beginning. */
	read(count: number): Execution[] {
		this.at = 0;
		const executions: Execution[] = [];
		while (executions.length < count) executions.push(this.execution());
		return executions;
	}

	private execution(): Execution {
		const { words, start } = this;
		const header = this.at;
		const first = header + HEADER_WORDS;
		const last = first + words[header]! * EVENT_WORDS;
		const events: Event[] = [];
		const results: Execution['results'] = [];
		for (let at = first; at < last; at += EVENT_WORDS) {
			const event = this.event(at);
			events.push(event);
			// Object 0 of a return is a call, any other a callback.
			if (event.op === 'return' && words[at]! >>> 24 === 0)
				results.push({ site: event.site, value: event.new as string | null });
		}
		const execution: Execution = {
			agents: this.agents,
			start: { alive: start.alive, holder: start.holder, ops: start.ops },
			events,
			results,
			device: this.device(words, header, start.refs),
			warnings: [],
			callbacks: [],
			faults: [],
			blocked: [],
			diverged: this.diverged(header),
		};
		this.at = last + words[header + 1]! * RECORD_WORDS;
		for (let at = last; at < this.at; at += RECORD_WORDS) this.record(at, execution);
		return execution;
	}

	private event(at: number): Event {
		const { words } = this;
		const what = words[at]!;
		const op = (what >>> 8) & 0xff;
		const object = what >>> 24;
		const site = words[at + 1]! & 0xffff;
		const edge = isEdge(op);
		const memory = op <= RMW;
		const place = edge ? NOWHERE : this.lines.place(words[at + 2]!, words[at + 3]!);
		return {
			agent: what & 0xff,
			op: ops[op]!,
			object: edge ? this.edge(object, site) : this.objects[object]!,
			marked: ((what >>> 16) & 0xff) !== 0,
			old: memory ? this.value(object, words[at + 4]!) : null,
			new: memory
				? this.value(object, words[at + 5]!)
				: op === RETURN
					? this.result(object, site, words[at + 5]!)
					: null,
			site,
			function: edge ? this.callbacks[words[at + 3]!]! : place.function,
			source: place.source,
			enabled: agentSet(words[at + 1]! >>> 16),
		};
	}

	/** What begins or ends: a call of the program, or a callback. */
	private edge(object: number, site: number): string {
		return object === 0 ? this.sites.get(site)! : this.callbacks[object]!;
	}

	private value(field: number, word: number): Value {
		switch (field) {
			case HOLDER_DATA:
			case HOLDER_OPS:
				return this.pointer(word);
			case FLAGS:
				return word !== 0;
			case I_COUNT:
			case MINORS:
				return word;
			default:
				return word === 0 ? null : 'set';
		}
	}

	private pointer(word: number): string | null {
		const name = this.holders[word];
		return name === undefined ? 'unknown' : name;
	}

	private result(object: number, site: number, word: number): string | null {
		if (object > 0) return resultName(word);
		switch (this.sites.get(site)) {
			case 'dax_holder':
				return this.pointer(word);
			case 'dax_alive':
				return word === 0 ? 'dead' : 'alive';
			case 'fs_dax_get_by_bdev':
			case 'dax_get_private':
			case 'alloc_dax':
			case 'dax_dev_get':
			case 'dax_dev_find':
				return word === 0 ? null : word > 0 ? 'ok' : resultName(word);
			default:
				return resultName(word);
		}
	}

	private device(words: Int32Array, header: number, baseline = 0): Device {
		return {
			alive: words[header + 2] !== 0,
			holder: this.pointer(words[header + 3]!),
			ops: this.pointer(words[header + 4]!),
			refs: words[header + 5]! - baseline,
		};
	}

	private diverged(header: number): Execution['diverged'] {
		const { words } = this;
		const at = words[header + 6]!;
		if (at < 0) return null;
		return { at, agent: words[header + 7]!, why: reasons[words[header + 8]!]! };
	}

	private record(at: number, { warnings, callbacks, faults: list, blocked }: Execution): void {
		const { words } = this;
		const [agent, event, a, b] = [words[at + 1]!, words[at + 2]!, words[at + 3]!, words[at + 4]!];
		switch (words[at]) {
			case WARNING: {
				const { function: name } = this.lines.place(words[at + 5]!, words[at + 6]!);
				warnings.push({ function: name, agent, event });
				return;
			}
			case CALLBACK:
				callbacks.push({
					holder: this.holders[a + 1]!,
					offset: Number(long(words, at + 5)),
					length: lengthName(long(words, at + 7)),
					flags: flagsName(b),
					agent,
					event,
				});
				return;
			case FAULT:
				list.push({ fault: faults[a]!, agent: agent < 0 ? null : agent, event });
				return;
			default:
				blocked.push({
					agent,
					op: ops[a]!,
					object: isEdge(a) ? this.edge(b, event) : this.objects[b]!,
				});
		}
	}
}

const isEdge = (op: number): boolean => op === CALL || op === RETURN;

const NOWHERE = { source: undefined, function: '' };

function long(words: Int32Array, at: number): bigint {
	return BigInt.asUintN(64, (BigInt(words[at + 1]!) << 32n) | BigInt(words[at]! >>> 0));
}

/** Sets of agents as arrays, shared between events because most repeat. */
const sets: number[][] = [];

function agentSet(mask: number): number[] {
	let set = sets[mask];
	if (!set) {
		set = Array.from({ length: 16 }, (_, agent) => agent).filter((agent) => mask & (1 << agent));
		sets[mask] = set;
	}
	return set;
}
