// SPDX-License-Identifier: MIT
/** Parses the lines of trace_pipe. */
import type { Fields, Observation } from '../../watcher';
import { CALLBACK, RETURN, WARN } from './probes';

/** "umount-214 [000] ..... 7: fs_put_dax: (fs_put_dax+0x4/0x50) device=0x1": task, order, event, rest. */
const EVENT = /^\s*.*-(\d+)\s+\[\d+\]\s+\S+\s+(\d+): (\w+)(?:\+0x\w+\/0x\w+)?: (.*)$/;
const STACK = /: <stack trace>$/;
const FRAME = /^ => (.*)$/;
const LOST = /^CPU:\d+ \[LOST (\d+) EVENTS\]$/;
/** "(fs_put_dax+0x4/0x50)" at a call, "(xfs_free_buftarg+0x3d/0x70 [xfs] <- fs_put_dax)" at a return, then values. */
const PLACE = /^\((.*?)(?: <- (.*?))?\)(?: (.*))?$/;
const VALUE = /(\w+)=("(?:[^"]*)"$|"[^"]*"|\S+(?: \[\w+\])?)/g;
/** Text of the marker at the end. */
const END = 'end';
/** Text of another marker: "attached xfs_dax_notify_failure". */
const ATTACHED = /^attached (\S+)$/;

const NULL = '0x0';

/** Bit of struct dax_device's flags: DAXDEV_ALIVE. */
const ALIVE = 1n;

export class TraceParser {
	readonly observations: Observation[] = [];
	/** Numbers of events that the reader has lost. */
	readonly lost: number[] = [];
	/** Lines that are no part of a trace. */
	readonly unknown: string[] = [];
	/** True once the marker of the end was read; later lines are ignored. */
	isAtEnd = false;
	/** Stack of the last call. */
	private stack: string[] = [];

	/** superPrefix: what the names of functions begin with in a tree's own super.c, such as "ut_". */
	constructor(private readonly superPrefix = '') {}

	/** Adds a line; gives the observation that it begins, if any. */
	add(line: string): Observation | undefined {
		if (this.isAtEnd || STACK.test(line)) return undefined;
		const [, frame] = FRAME.exec(line) ?? [];
		if (frame !== undefined) {
			this.stack.push(frame);
			return undefined;
		}
		const [, lost] = LOST.exec(line) ?? [];
		if (lost !== undefined) this.lost.push(Number(lost));
		else if (line !== '') return this.event(line);
		return undefined;
	}

	private event(line: string): Observation | undefined {
		const [, task, order, event, rest] = EVENT.exec(line) ?? [];
		if (task === undefined || order === undefined || event === undefined || rest === undefined) {
			this.unknown.push(line);
			return undefined;
		}
		// The frames that follow belong to this event.
		this.stack = [];
		const common = { task: Number(task), order: Number(order), stack: this.stack };
		const isMark = event === 'tracing_mark_write';
		if (isMark && rest === END) this.isAtEnd = true;
		const observation = isMark ? markOf(rest) : this.probeOf(event, rest);
		if (!observation) return undefined;
		const made = { ...common, ...observation };
		this.observations.push(made);
		return made;
	}

	private probeOf(event: string, rest: string): Omit<Observation, 'task' | 'order' | 'stack'> {
		const [, place = '', returning, text = ''] = PLACE.exec(rest) ?? [];
		const all = Object.fromEntries(
			[...text.matchAll(VALUE)].map(([, name = '', value = '']) => [name, unquoted(value)]),
		);
		const { command, holder_data, holder_ops, state, ...values } = all;
		// The kernel reads zeros where the device is NULL.
		const fields = values.device === NULL ? undefined : fieldsOf(holder_data, holder_ops, state);
		const symbol = event === WARN ? (values.where ?? '') : (returning ?? place);
		return {
			kind: kindOf(event),
			name: this.ownName(symbolName(symbol)),
			values,
			...(fields && { fields }),
			...(command !== undefined && { command }),
		};
	}

	private ownName(name: string): string {
		return name.startsWith(this.superPrefix) ? name.slice(this.superPrefix.length) : name;
	}
}

function markOf(text: string): Omit<Observation, 'task' | 'order' | 'stack'> | undefined {
	const [, name] = ATTACHED.exec(text) ?? [];
	return name === undefined ? undefined : { kind: 'attached', name, values: {} };
}

function kindOf(event: string): Observation['kind'] {
	if (event.endsWith(RETURN)) return 'return';
	if (event === WARN) return 'warning';
	if (event === 'dax_destroy_inode') return 'freed';
	return event.startsWith(CALLBACK) ? 'callback' : 'call';
}

/** The name in "fs_put_dax+0x4/0x50" or "xfs_dax_notify_failure+0x0/0x1bc [xfs]". */
export const symbolName = (symbol: string): string => /^[\w.$]*/.exec(symbol)?.[0] ?? '';

/** The name with its module, as a kprobe event takes it: "xfs:xfs_dax_notify_failure". */
export function probeName(symbol: string): string | undefined {
	const [, name, module] = /^([\w.]+)\+0x0\/0x[0-9a-f]+(?: \[(\w+)\])?$/.exec(symbol) ?? [];
	if (name === undefined) return undefined;
	return module === undefined ? name : `${module}:${name}`;
}

const unquoted = (value: string): string => value.replace(/^"(.*)"$/, '$1');

function fieldsOf(holder?: string, ops?: string, state?: string): Fields | undefined {
	const numbers = [holder, ops, state].map((text) =>
		text?.startsWith('0x') ? BigInt(text) : null,
	);
	const [first, second, flags] = numbers;
	if (first == null || second == null || flags == null) return undefined;
	return { holder: first, ops: second, alive: (flags & ALIVE) !== 0n };
}
