// SPDX-License-Identifier: MIT
/** Groups the changes of a patch by cause: many vectors may show one bug. */
import type { Failure } from '../../schema/types/report';
import { printable } from '../text/printable';
import { type Change, isBad, newExpectations } from './changes';
import type { PatchChange } from './review';

/** breaks: a failure that was not there before. fixes: one that is gone. else: anything else. */
export type CauseKind = 'breaks' | 'fixes' | 'else';

export interface Cause {
	readonly kind: CauseKind;
	/** What fails, or failed before a fix. */
	readonly message: string;
	/** The change that shows it best. */
	readonly example: PatchChange;
	/** The failure of the example that has an interleaving, if any has. */
	readonly failure: Failure | undefined;
	/** Vectors that show it, without variants; that of the example first. */
	readonly vectors: readonly string[];
}

/** Causes of the changes of a patch: what breaks first, then what is fixed. */
export function causesOf(changes: readonly PatchChange[]): Cause[] {
	const groups = new Map<string, PatchChange[]>();
	for (const change of changes) {
		const key = `${causeKind(change)} ${messageOf(change)}`;
		groups.set(key, [...(groups.get(key) ?? []), change]);
	}
	return [...groups.values()].map(causeOf).sort((a, b) => RANK[a.kind] - RANK[b.kind]);
}

const RANK: Readonly<Record<CauseKind, number>> = { breaks: 0, fixes: 1, else: 2 };

export function causeKind({ kind, before, after }: Change): CauseKind {
	if (kind === 'differs') return newExpectations(before, after).length > 0 ? 'breaks' : 'fixes';
	return kind === 'breaks' || kind === 'fixes' ? kind : 'else';
}

/** The message of the failure that a change brings, or of the one that it ends. */
export function messageOf(change: Change): string {
	const { before, after } = change;
	const failure = failureOf(change);
	const [from] = causeKind(change) === 'fixes' ? [before] : [after];
	return printable(failure?.message ?? from?.reason ?? '');
}

function failureOf(change: Change): Failure | undefined {
	const { before, after } = change;
	const [own, other] = causeKind(change) === 'fixes' ? [before, after] : [after, before];
	const fresh = newExpectations(other, own);
	const candidates = own.failures.filter(({ expectation }) => fresh.includes(expectation));
	return candidates[0] ?? (isBad(own) ? own.failures[0] : undefined);
}

function causeOf(group: readonly PatchChange[]): Cause {
	const [example] = [...group].sort(
		(a, b) => Number(b.after.scored) - Number(a.after.scored) || size(a) - size(b),
	) as [PatchChange];
	const vectors = [example, ...group].map(({ after }) => after.vector);
	return {
		kind: causeKind(example),
		message: messageOf(example),
		example,
		failure: failureOf(example),
		vectors: [...new Set(vectors)],
	};
}

/** Number of threads, then of steps: the smaller interleaving is read first. */
function size(change: PatchChange): number {
	const lanes = failureOf(change)?.lanes;
	return lanes ? lanes.threads.length * 1_000 + lanes.steps.length : Infinity;
}
