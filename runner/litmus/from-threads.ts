// SPDX-License-Identifier: MIT
/**
 * Prints a thread of a vector as C of a litmus test: every path of the thread, with an if where paths first differ. The
 * statements after an if of the kernel are printed in both arms, so they depend on the condition by control, unlike in
 * the kernel; test/litmus/export.test.ts checks that the verdict on the threads is also that on the text. The reference
 * count stays positive: a thread that frees the device has no litmus test.
 */
import type {
	Fence,
	IsolatedThreads,
	ThreadEvent,
	ThreadRun,
} from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { type Branch, printBranches } from './branches';
import type { Encoding } from './encoding';
import { printCount, printRead, printStore } from './from-access';
import { NotExpressible } from './not-expressible';

/** Maximum paths through one thread. */
const MAX_PATHS = 4096;

/** Reference count that each igrab() and iput() finds, so that no iput() drops the last reference. */
const COUNT_OF_REFERENCES = 2;

export interface PrintedThread {
	readonly lines: readonly string[];
	/** Registers that the lines assign. */
	readonly registers: readonly string[];
}

/** Prints a thread. Throws NotExpressible if a litmus test cannot have its code. */
export function printThread(
	isolated: IsolatedThreads,
	thread: number,
	encoding: Encoding,
): PrintedThread {
	const printer = new Printer(isolated, thread, encoding);
	const lines = printer.print([], 0);
	return { lines, registers: [...printer.registers] };
}

class Printer {
	readonly registers = new Set<string>();
	private paths = 0;

	constructor(
		private readonly isolated: IsolatedThreads,
		private readonly thread: number,
		private readonly encoding: Encoding,
	) {}

	/** Prints the events from number done on, for all paths on which the first reads return these values. */
	print(read: readonly Value[], done: number): string[] {
		if (++this.paths > MAX_PATHS) throw new NotExpressible('a thread has too many paths');
		const run = this.isolated.run(this.thread, read);
		if (run.beyond !== undefined) throw new NotExpressible(run.beyond);
		const { events, waits, fences = [] } = run;
		const lines: string[] = [];
		for (const [index, event] of events.entries()) {
			if (index < done) continue;
			for (const { before, fence } of fences) if (before === index) lines.push(barrier(fence));
			if (waits && index === events.length - 1)
				return [...lines, ...this.printWaiting(event, read, events.length)];
			lines.push(...this.statement(event, events.slice(0, index)));
		}
		return [...lines, ...this.ending(run)];
	}

	/** Prints the access that waits for its value, and the paths after it. */
	private printWaiting(event: ThreadEvent, read: readonly Value[], done: number): string[] {
		const after = (value: Value) => this.print([...read, value], done);
		if (event.object === 'i_count') return [printCount(event), ...after(COUNT_OF_REFERENCES)];
		const register = `r${read.length}`;
		this.registers.add(register);
		const values = this.valuesOf(event.object);
		const branches = new Map<string, Branch>();
		for (const value of values) {
			const lines = after(value);
			const key = lines.join('\n');
			const known = branches.get(key)?.values ?? [];
			branches.set(key, { values: [...known, value], lines });
		}
		return [
			printRead(event, { register, values }, this.encoding),
			...printBranches(register, [...branches.values()], this.encoding),
		];
	}

	/** Gives the values that a field may have: only the initial one if no thread writes it. */
	private valuesOf(field: string): Value[] {
		const { threads, init } = this.isolated;
		const written = Array.from({ length: threads }, (_, thread) => thread).some((thread) =>
			this.isolated.mayWrite(thread, field),
		);
		return this.isolated.values(field).filter((value) => written || value === init[field]);
	}

	private statement(event: ThreadEvent, before: readonly ThreadEvent[]): string[] {
		const { op, object } = event;
		switch (op) {
			case 'write':
				return [printStore(event, this.encoding)];
			case 'srcu-lock': {
				const register = `section${before.filter((each) => each.op === op).length}`;
				this.registers.add(register);
				return [`${register} = srcu_read_lock(${object});`];
			}
			case 'srcu-unlock':
				return [`srcu_read_unlock(${object}, section${innermostSection(before)});`];
			case 'sync-end':
				return [`synchronize_srcu(${object});`];
			case 'free':
				throw new NotExpressible('it frees the device');
			default:
				return [];
		}
	}

	private ending(run: ThreadRun): string[] {
		return [...this.encoding.registers(run)].map(([register, value]) => {
			this.registers.add(register);
			return `${register} = ${value};`;
		});
	}
}

const BARRIERS: Partial<Record<Fence, string>> = {
	mb: 'smp_mb();',
	rmb: 'smp_rmb();',
	wmb: 'smp_wmb();',
	'before-atomic': 'smp_mb__before_atomic();',
	'after-atomic': 'smp_mb__after_atomic();',
};

function barrier(fence: Fence): string {
	const text = BARRIERS[fence];
	if (text === undefined)
		throw new NotExpressible(`a litmus test cannot have its barrier ${fence}`);
	return text;
}

/** Number of the innermost read section that is open, counted from 0. */
function innermostSection(before: readonly ThreadEvent[]): number {
	const open: number[] = [];
	let sections = 0;
	for (const { op } of before) {
		if (op === 'srcu-lock') open.push(sections++);
		if (op === 'srcu-unlock') open.pop();
	}
	return open.at(-1) ?? 0;
}
