// SPDX-License-Identifier: MIT
/** Decides whether a store may overtake an earlier load of its thread. The search guesses values of such loads only. */
import type { Value } from '../../schema/types/execution';
import type { Action, Read } from './action';
import type { Program } from './program';
import type { Tree } from './tree';

type Domain = Program<unknown>['domain'];

/**
 * True if a later store of the thread may overtake the read at which the tree waits. May be true too often, which only
 * costs time.
 */
export function canBeDelayed(
	tree: Tree<unknown>,
	values: readonly Value[],
	{ domain }: { domain: Domain },
): boolean {
	const { read } = tree;
	if (!read) return false;
	const weak = values.filter((value) => isWeak(read, value));
	if (weak.every((value) => read.blocks && read.update?.(value) === undefined)) return false;
	return storesFreely(
		weak.map((value) => tree.after(value)),
		values.length > weak.length,
		domain,
	);
}

/** True if reading this value does not order the accesses after the read. */
function isWeak({ order, update, lock }: Read, value: Value): boolean {
	if (update && update(value) === undefined) return true;
	return !lock && order !== 'full' && order !== 'acquire';
}

/**
 * True if some store after the read does not depend on it. Compares branches, one for each value read. A marked store
 * depends on the read if the branches are alike up to the store, and its value differs between them. Once branches
 * differ, every later store counts as independent, because it may be common to all of them. So does every plain store,
 * because a dependency does not order it.
 * @param trees  one for each value read
 * @param differ  true if the branches differ already
 */
function storesFreely(trees: readonly Tree<unknown>[], differ: boolean, domain: Domain): boolean {
	let open = trees;
	let diverged = differ;
	const length = Math.max(0, ...trees.map(({ actions }) => actions.length));
	for (let index = 0; index < length; index++) {
		const signatures = new Set(open.map(({ actions }) => signature(actions[index])));
		if (signatures.size > 1) diverged = true;
		const values = new Set(open.map(({ actions }) => storedBy(actions[index])));
		for (const { actions } of open) {
			const action = actions[index];
			if (action?.kind !== 'write' || action.order === 'release') continue;
			if (action.order === 'plain' || diverged || values.size === 1) return true;
		}
		open = open.filter(({ actions }) => !isStrong(actions[index]));
	}
	if (new Set(open.map(({ read }) => signature(read ?? undefined))).size > 1) diverged = true;
	if (diverged) return open.some((tree) => storesAfterRead(tree.read, [tree], true, domain));
	return open[0] !== undefined && storesAfterRead(open[0].read, open, false, domain);
}

/** Continues storesFreely() after the next read, at which all trees wait. */
function storesAfterRead(
	read: Read | null,
	trees: readonly Tree<unknown>[],
	diverged: boolean,
	domain: Domain,
): boolean {
	if (!read) return false;
	return domain(read.location).some((value) => {
		const stored = read.update?.(value);
		if (stored !== undefined) {
			if (read.order === 'full') return false;
			if (read.order !== 'release') return true;
		} else if (read.blocks) return false;
		const after = trees.map((each) => each.after(value));
		return storesFreely(after, diverged, domain);
	});
}

const isStrong = (action: Action | undefined): boolean =>
	(action?.kind === 'fence' && action.fence === 'mb') || action?.kind === 'grace-period';

function signature(action: Action | undefined): string {
	if (!action) return 'end';
	const where = 'location' in action ? action.location : action.fence;
	return `${action.kind} ${where} ${'order' in action ? action.order : ''}`;
}

const storedBy = (action: Action | undefined): Value | undefined =>
	action?.kind === 'write' ? action.value : undefined;
