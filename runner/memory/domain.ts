// SPDX-License-Identifier: MIT
/**
 * Computes the values that each location may have, and the locations that each thread may store to: runs the threads on
 * the values found so far until there are no new ones.
 */
import type { Value } from '../../schema/types/execution';
import type { Code } from './action';
import { type Tree, treeOf } from './tree';

/** Maximum values of one location; more are dropped, because a counter in a loop has infinitely many. */
const MAX_VALUES = 12;

export interface Domains {
	readonly values: ReadonlyMap<string, readonly Value[]>;
	/** For each thread the locations that it may store to. */
	readonly writes: readonly ReadonlySet<string>[];
}

export function domains(
	init: Readonly<Record<string, Value>>,
	threads: readonly Code<unknown>[],
): Domains {
	const values = new Map<string, Value[]>();
	let grown = true;
	const learn = (location: string, value: Value) => {
		const known = values.get(location) ?? [];
		if (known.includes(value) || known.length >= MAX_VALUES) return;
		values.set(location, [...known, value]);
		grown = true;
	};
	for (const [location, value] of Object.entries(init)) learn(location, value);
	const visit = (tree: Tree<unknown>, writes: Set<string>): void => {
		for (const action of tree.actions) {
			if (action.kind !== 'write') continue;
			writes.add(action.location);
			learn(action.location, action.value);
		}
		if (!tree.read) return;
		const { location, update, blocks } = tree.read;
		for (const value of values.get(location) ?? []) {
			const stored = update?.(value);
			if (stored !== undefined) {
				writes.add(location);
				learn(location, stored);
			} else if (blocks) continue;
			visit(tree.after(value), writes);
		}
	};
	const visited = threads.map((code) => ({ tree: treeOf(code), writes: new Set<string>() }));
	while (grown) {
		grown = false;
		for (const { tree, writes } of visited) visit(tree, writes);
	}
	return { values, writes: visited.map(({ writes }) => writes) };
}
