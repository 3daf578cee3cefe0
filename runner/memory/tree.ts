// SPDX-License-Identifier: MIT
/** All paths of a thread: a tree that branches at reads, expanded on demand. */
import type { Value } from '../../schema/types/execution';
import type { Action, Code, Read } from './action';

export class Tree<End> {
	/** Actions after the last read, up to the next read. */
	readonly actions: readonly Action[];
	/** Index of the first of them among all actions of the thread. */
	readonly first: number;
	/** The read that waits for its value; null at the end. */
	readonly read: Read | null;
	/** null while a read waits. */
	readonly end: End | null;
	/** Unique among all trees. */
	readonly key = nextKey++;
	private readonly children = new Map<Value, Tree<End>>();
	private whole: readonly Action[] | undefined;

	constructor(
		readonly code: Code<End>,
		/** Values that the reads so far returned. */
		readonly values: readonly Value[] = [],
		first = 0,
	) {
		const { actions, end } = code.run(values);
		const waits = end === null;
		this.first = first;
		this.end = end;
		this.actions = actions.slice(first, waits ? -1 : undefined);
		this.read = waits ? (actions.at(-1) as Read) : null;
	}

	/** Index of the read among all actions of the thread. */
	get at(): number {
		return this.first + this.actions.length;
	}

	/** All actions of the thread up to this end, with dependencies. Many candidates combine the same path. */
	get path(): readonly Action[] {
		this.whole ??= this.code.path(this.values);
		return this.whole;
	}

	/** Continues with the value that the read returned. */
	after(value: Value): Tree<End> {
		let child = this.children.get(value);
		if (!child) {
			child = new Tree(this.code, [...this.values, value], this.at + 1);
			this.children.set(value, child);
		}
		return child;
	}
}

let nextKey = 0;

const roots = new WeakMap<Code<unknown>, Tree<unknown>>();

/** The tree of a thread's code, shared between callers because each node runs the thread once. */
export function treeOf<End>(code: Code<End>): Tree<End> {
	const known = roots.get(code) as Tree<End> | undefined;
	if (known) return known;
	const root = new Tree(code);
	roots.set(code, root);
	return root;
}
