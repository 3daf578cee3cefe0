// SPDX-License-Identifier: MIT
/** Which values each location may come to have, and which threads may store there: from the code alone, in rounds. */
import type { Value } from '../../schema/types/execution';
import type { Code } from './action';
import { type Tree, treeOf } from './tree';

/** Values of one location from which on it counts as growing for ever; the initial ones and the first stay. */
const MOST = 12;

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
	const writes = threads.map(() => new Set<string>());
	let grown = true;
	const learn = (location: string, value: Value) => {
		const known = values.get(location) ?? [];
		if (known.includes(value) || known.length >= MOST) return;
		values.set(location, [...known, value]);
		grown = true;
	};
	for (const [location, value] of Object.entries(init)) learn(location, value);
	const trees = threads.map(treeOf);
	const visit = (tree: Tree<unknown>, own: Set<string>): void => {
		for (const action of tree.actions) {
			if (action.kind !== 'write') continue;
			own.add(action.location);
			learn(action.location, action.value);
		}
		if (!tree.read) return;
		const { location, update, blocks } = tree.read;
		for (const value of values.get(location) ?? []) {
			const stored = update?.(value);
			if (stored !== undefined) {
				own.add(location);
				learn(location, stored);
			} else if (blocks) continue;
			visit(tree.after(value), own);
		}
	};
	while (grown) {
		grown = false;
		trees.forEach((tree, index) => {
			visit(tree, writes[index]!);
		});
	}
	return { values, writes };
}
