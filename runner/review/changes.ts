// SPDX-License-Identifier: MIT
/** Compares the verdicts before and after a patch. */
import type { Result, Verdict } from '../../schema/types/report';

/**
 * breaks: fails from here on. fixes: passes from here on. differs: fails other expectations than before. starts: applies
 * from here on, and passes. ends: does not apply any more. undecided: cannot be decided any more.
 */
export type ChangeKind = 'breaks' | 'fixes' | 'differs' | 'starts' | 'ends' | 'undecided';

export interface Change {
	readonly kind: ChangeKind;
	/** Id of the vector and variant. */
	readonly id: string;
	readonly before: Result;
	readonly after: Result;
	/** True when the base does not have this failure. */
	readonly regression: boolean;
}

export type Results = ReadonlyMap<string, Result>;

const BAD: readonly Verdict[] = ['fail', 'timeout', 'crash', 'error'];

export const isBad = ({ verdict }: Pick<Result, 'verdict'>): boolean => BAD.includes(verdict);

const expectations = ({ failures }: Result): string[] =>
	failures.map(({ expectation }) => expectation);

/** Expectations that a result fails and another one does not. */
export const newExpectations = (before: Result, after: Result): string[] =>
	expectations(after).filter((each) => !expectations(before).includes(each));

/** Changes between two contents, in the order of the library; base tells apart what was broken before the series. */
export function changesBetween(before: Results, after: Results, base: Results): Change[] {
	return [...after].flatMap(([id, now]) => {
		const was = before.get(id);
		const kind = was && kindOf(was, now);
		if (!was || !kind) return [];
		return [
			{ kind, id, before: was, after: now, regression: isRegression(kind, now, base.get(id)) },
		];
	});
}

function kindOf(before: Result, after: Result): ChangeKind | undefined {
	if (isBad(after)) {
		if (!isBad(before)) return 'breaks';
		const same = before.verdict === after.verdict && newExpectations(before, after).length === 0;
		return same && newExpectations(after, before).length === 0 ? undefined : 'differs';
	}
	if (after.verdict === before.verdict) return undefined;
	if (after.verdict === 'not-run') return 'undecided';
	if (after.verdict === 'skip') return 'ends';
	return isBad(before) ? 'fixes' : 'starts';
}

function isRegression(kind: ChangeKind, now: Result, base: Result | undefined): boolean {
	if (!now.scored || (kind !== 'breaks' && kind !== 'differs')) return false;
	return !base || !isBad(base) || newExpectations(base, now).length > 0;
}
