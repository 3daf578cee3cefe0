// SPDX-License-Identifier: MIT
/** What changed from one version of the library to another, vector by vector. */
import type { Export } from '../../schema/types/export';
import { type Detail, meanings, proses } from './meaning';

/**
 * gone: no file and no tombstone. reused: was retired, and is not any more. changed: means something else. unscored:
 * was normative, is open. retired: is a tombstone now. scored: was open, is normative. reworded: means the same.
 */
export type LibraryKind =
	| 'gone'
	| 'reused'
	| 'changed'
	| 'unscored'
	| 'retired'
	| 'scored'
	| 'reworded'
	| 'new';

export type Status = 'normative' | 'open' | 'retired';

export interface LibraryChange {
	readonly kind: LibraryKind;
	/** Whoever cited or relied on the id before is let down. */
	readonly breaks: boolean;
	readonly id: string;
	readonly title: string;
	readonly before: Status | null;
	readonly after: Status | null;
	readonly details: readonly Detail[];
}

type Case = Export['cases'][number];

interface State {
	readonly title: string;
	readonly status: Status;
	/** None of a tombstone. */
	readonly cases: readonly Case[];
	readonly replacedBy?: string;
	readonly reason?: string;
}

/**
 * What breaks: a vector that is gone; an id that means something else, weaker or stronger, since an id never changes its
 * meaning; a retired id in use; a normative vector that is open now, or retired without one that replaces it.
 */
export function compareLibraries(before: Export, after: Export): LibraryChange[] {
	const [old, current] = [statesOf(before), statesOf(after)];
	const ids = [...new Set([...old.keys(), ...current.keys()])].sort();
	return ids.flatMap((id) => changeOf(id, old.get(id), current.get(id), current) ?? []);
}

function statesOf({ cases, retired }: Export): Map<string, State> {
	const states = new Map<string, State>();
	for (const { vector, title, status } of cases)
		states.set(vector, {
			title,
			status,
			cases: cases.filter((each) => each.vector === vector),
		});
	for (const { id, title, reason, 'replaced-by': replacedBy } of retired)
		states.set(id, {
			title,
			status: 'retired',
			cases: [],
			reason,
			...(replacedBy !== undefined && { replacedBy }),
		});
	return states;
}

function changeOf(
	id: string,
	before: State | undefined,
	after: State | undefined,
	library: ReadonlyMap<string, State>,
): LibraryChange | null {
	const change = (kind: LibraryKind, breaks: boolean, details: readonly Detail[] = []) => ({
		kind,
		breaks,
		id,
		title: (after ?? before)!.title,
		before: before?.status ?? null,
		after: after?.status ?? null,
		details,
	});
	if (!before) return change('new', false);
	if (!after) return change('gone', true);
	if (before.status === 'retired' && after.status !== 'retired') return change('reused', true);
	if (before.status !== 'retired' && after.status === 'retired') {
		const { replacedBy, reason } = after;
		const replaced = replacedBy !== undefined && library.get(replacedBy)?.status === 'normative';
		const detail = (path: string, to: unknown) => ({
			path,
			before: undefined,
			after: to,
			effect: 'prose' as const,
		});
		const details = [detail('reason', reason)];
		if (replacedBy !== undefined) details.push(detail('replaced-by', replacedBy));
		return change('retired', before.status === 'normative' && !replaced, details);
	}
	const details = [...meanings(before.cases, after.cases), ...proses(before.cases, after.cases)];
	const changed = before.cases[0]?.meaning !== after.cases[0]?.meaning;
	if (changed) return change('changed', true, details);
	if (before.status !== after.status)
		return change(
			after.status === 'open' ? 'unscored' : 'scored',
			after.status === 'open',
			details,
		);
	return details.length > 0 ? change('reworded', false, details) : null;
}
