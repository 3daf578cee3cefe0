// SPDX-License-Identifier: MIT
/** Could a load be overtaken by a store that its thread makes later? Only then must its value be guessed. */
import type { Value } from '../../schema/types/execution';
import type { Action, Read } from './action';
import type { Program } from './search';
import type { Tree } from './tree';

type Domain = Program<unknown>['domain'];

/** Says yes when in doubt, which is correct, and slow. */
export function canBeDelayed(
	tree: Tree<unknown>,
	values: readonly Value[],
	{ domain }: { domain: Domain },
): boolean {
	const read = tree.read!;
	const weak = values.filter((value) => isWeak(read, value));
	if (weak.every((value) => read.blocks && read.update?.(value) === undefined)) return false;
	return storesFreely(
		weak.map((value) => tree.after(value)),
		values.length > weak.length,
		domain,
	);
}

/** Does reading this value leave what follows unordered? */
function isWeak({ order, update, lock }: Read, value: Value): boolean {
	if (update && update(value) === undefined) return true;
	return !lock && order !== 'full' && order !== 'acquire';
}

/**
 * What the thread does after each value. A marked store that they have in common depends on the value where it stores
 * another one each time. Once they differ they may have a store in common further on, which then depends on nothing. A
 * dependency does not hold back a plain store.
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
	if (diverged) return open.some((tree) => readsOn([tree], true, domain));
	return open.length > 0 && readsOn(open, false, domain);
}

/** All wait at the same read. */
function readsOn(trees: readonly Tree<unknown>[], diverged: boolean, domain: Domain): boolean {
	const [tree] = trees;
	const { read } = tree!;
	if (!read) return false;
	for (const value of domain(read.location)) {
		const stored = read.update?.(value);
		if (read.update && stored !== undefined) {
			if (read.order === 'full') continue;
			if (read.order !== 'release') return true;
		} else if (read.blocks) continue;
		if (
			storesFreely(
				trees.map((each) => each.after(value)),
				diverged,
				domain,
			)
		)
			return true;
	}
	return false;
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
