// SPDX-License-Identifier: MIT
/**
 * The threads of a vector as C of a litmus test: every path of a thread is printed, and an if stands where they first
 * differ. What follows an if of the code stands in both arms here and depends on the condition by control, which the code
 * does not: test/litmus/export.test.ts has the verdict on the vector itself beside that on its text. Counts of references
 * stay positive here: what frees the device fits no litmus test.
 */
import type {
	Fence,
	IsolatedThreads,
	ThreadEvent,
	ThreadRun,
} from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { NotExpressible } from './error';
import { access, countOf, write } from './from-access';

export interface Encoding {
	/** A value of a field, or a result, as an integer. */
	number(value: Value): number;
	/** What a thread notes when it ends, by register. */
	notes(lone: ThreadRun): ReadonlyMap<string, number>;
}

/** Paths of a thread at most. */
const MOST = 4096;

export interface PrintedThread {
	readonly lines: readonly string[];
	readonly registers: readonly string[];
}

export function printThread(
	alone: IsolatedThreads,
	thread: number,
	encoding: Encoding,
): PrintedThread {
	const registers = new Set<string>();
	let paths = 0;

	function* values(field: string): Generator<Value> {
		const written = writers(alone).some((other) => alone.mayWrite(other, field));
		for (const value of alone.values(field))
			if (written || value === alone.init[field]) yield value;
	}

	/** What the thread does from its event done on, after it has read these values. */
	function print(read: readonly Value[], done: number): string[] {
		if (++paths > MOST) throw new NotExpressible('a thread has too many paths');
		const lone = alone.run(thread, read);
		if (lone.beyond !== undefined) throw new NotExpressible(lone.beyond);
		const { events, waits, fences = [] } = lone;
		const lines: string[] = [];
		for (const [index, event] of events.entries()) {
			if (index < done) continue;
			for (const { before, fence } of fences) if (before === index) lines.push(barrier(fence));
			if (waits && index === events.length - 1) continue;
			lines.push(...statement(event, events.slice(0, index)));
		}
		if (!waits) {
			for (const [register, value] of encoding.notes(lone)) {
				registers.add(register);
				lines.push(`${register} = ${value};`);
			}
			return lines;
		}
		const event = events.at(-1)!;
		const after = (value: Value) => print([...read, value], events.length);
		// Two or more before and after: nobody frees it.
		if (event.object === 'i_count') return [...lines, countOf(event), ...after(2)];
		const register = `r${read.length}`;
		registers.add(register);
		const known = [...values(event.object)];
		const branches = new Map<string, { values: Value[]; lines: string[] }>();
		for (const value of known) {
			const rest = after(value);
			const key = rest.join('\n');
			branches.set(key, { values: [...(branches.get(key)?.values ?? []), value], lines: rest });
		}
		return [
			...lines,
			access(event, register, known, encoding),
			...choose(register, [...branches.values()], encoding),
		];
	}

	function statement(event: ThreadEvent, before: readonly ThreadEvent[]): string[] {
		const { op, object } = event;
		const locks = before.filter((each) => each.op === 'srcu-lock').length;
		switch (op) {
			case 'write':
				return [write(event, encoding.number(event.new))];
			case 'srcu-lock':
				registers.add(`section${locks}`);
				return [`section${locks} = srcu_read_lock(${object});`];
			case 'srcu-unlock':
				return [`srcu_read_unlock(${object}, section${openSection(before)});`];
			case 'sync-end':
				return [`synchronize_srcu(${object});`];
			case 'free':
				throw new NotExpressible('it frees the device');
			default:
				return [];
		}
	}

	const lines = print([], 0);
	return { lines, registers: [...registers] };
}

const barriers: Partial<Record<Fence, string>> = {
	mb: 'smp_mb();',
	rmb: 'smp_rmb();',
	wmb: 'smp_wmb();',
	'before-atomic': 'smp_mb__before_atomic();',
	'after-atomic': 'smp_mb__after_atomic();',
};

function barrier(fence: Fence): string {
	const text = barriers[fence];
	if (text === undefined) throw new NotExpressible(`it has a barrier of its own, ${fence}`);
	return text;
}

/** Number of the innermost section that is open. */
function openSection(before: readonly ThreadEvent[]): number {
	const open: number[] = [];
	let sections = 0;
	for (const { op } of before) {
		if (op === 'srcu-lock') open.push(sections++);
		if (op === 'srcu-unlock') open.pop();
	}
	return open.at(-1) ?? 0;
}

const writers = (alone: IsolatedThreads): number[] => [...Array(alone.threads).keys()];

/** What all branches begin with, then an if for each that differs. */
function choose(
	register: string,
	branches: readonly { readonly values: readonly Value[]; readonly lines: readonly string[] }[],
	encoding: Encoding,
): string[] {
	const [first, ...others] = branches;
	if (!first) return [];
	if (others.length === 0) return [...first.lines];
	let same = 0;
	while (
		first.lines[same] !== undefined &&
		others.every(({ lines }) => lines[same] === first.lines[same]) &&
		!first.lines[same]!.startsWith('if ')
	)
		same++;
	// What has nothing left to do needs no braces: it goes last.
	const rest = (lines: readonly string[]) => Number(lines.length === same);
	const ordered = [...branches].sort(
		(a, b) => rest(a.lines) - rest(b.lines) || a.values.length - b.values.length,
	);
	const last = ordered.at(-1)!;
	const result = [...first.lines.slice(0, same)];
	ordered.slice(0, -1).forEach(({ values, lines }, index) => {
		const test = values.map((value) => `${register} == ${encoding.number(value)}`).join(' || ');
		result.push(index === 0 ? `if (${test}) {` : `} else if (${test}) {`);
		result.push(...lines.slice(same).map(indent));
	});
	if (last.lines.length > same) result.push('} else {', ...last.lines.slice(same).map(indent));
	return [...result, '}'];
}

const indent = (line: string): string => `\t${line}`;
