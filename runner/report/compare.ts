// SPDX-License-Identifier: MIT
/** Compares two reports, by id and implementation. */
import type { ResultChange } from '../../schema/types/diff';
import type { Result } from '../../schema/types/report';
import { completenessText } from './failure';
import type { Report } from './read';
import { isGreen } from './verdicts';

/**
 * new and gone: in one report only. fixed and regression: green on one side only, and scored. open-holds and
 * open-fails: the same for an open vector.
 */
export type Kind = ResultChange['kind'];

/** Name and text of a difference besides the verdict. */
export type Detail = readonly [name: string, text: string];

export interface Change {
	readonly kind: Kind;
	readonly id: string;
	/** Address in the later report. */
	readonly implementation: string;
	readonly before: Result | null;
	readonly after: Result | null;
	readonly details: readonly Detail[];
}

export interface CompareOptions {
	/** Numbers of traces count as changes, of the same implementation only: another one has others. */
	readonly counts: boolean;
}

/**
 * Changes, by id. Two reports about one implementation each are compared whatever its addresses are: they may be a
 * kernel tree before and after.
 */
export function compare(before: Report, after: Report, options: CompareOptions): Change[] {
	const [old, ...moreOld] = before.header.implementations;
	const [current, ...moreCurrent] = after.header.implementations;
	const single = moreOld.length + moreCurrent.length === 0 ? current : undefined;
	const counts = options.counts && (old?.address === current?.address || !single);
	const nameOf = (result: Result) => single?.address ?? result.implementation;
	const keyOf = (result: Result) => JSON.stringify([result.id, nameOf(result)]);
	const pairs = new Map<string, { before?: Result; after?: Result }>();
	for (const result of before.results) pairs.set(keyOf(result), { before: result });
	for (const result of after.results)
		pairs.set(keyOf(result), { ...pairs.get(keyOf(result)), after: result });
	const changes = [...pairs.values()].flatMap((pair): Change[] => {
		const change = changeOf(pair, counts);
		const result = pair.after ?? pair.before;
		return change && result ? [{ ...change, id: result.id, implementation: nameOf(result) }] : [];
	});
	return changes.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function changeOf(
	{ before = null, after = null }: { before?: Result | null; after?: Result | null },
	counts: boolean,
): Omit<Change, 'id' | 'implementation'> | null {
	if (!before || !after) return { kind: before ? 'gone' : 'new', before, after, details: [] };
	const details = [...differences(before, after, counts)];
	const moved = before.verdict !== after.verdict || before.scored !== after.scored;
	return moved || details.length > 0
		? { kind: kindOf(before, after), before, after, details }
		: null;
}

function kindOf(before: Result, after: Result): Kind {
	if (isGreen(before.verdict) === isGreen(after.verdict)) return 'changed';
	// An open vector is shown, never scored.
	if (isGreen(after.verdict)) return before.scored ? 'fixed' : 'open-holds';
	return after.scored ? 'regression' : 'open-fails';
}

function* differences(before: Result, after: Result, counts: boolean): Generator<Detail> {
	yield* sets('outcomes', Object.keys(before.outcomes), Object.keys(after.outcomes));
	const extent = ({ completeness }: Result) =>
		counts
			? completenessText(completeness)
			: `${completeness.kind} ${completeness.preemptions ?? ''}`;
	if (extent(before) !== extent(after)) {
		const texts = [before, after].map((each) => completenessText(each.completeness) || 'nothing');
		yield ['explored', texts.join(' -> ')];
	}
	const expectations = ({ failures }: Result) => failures.map(({ expectation }) => expectation);
	yield* sets('fails', expectations(before), expectations(after));
	for (const failure of after.failures)
		if (!expectations(before).includes(failure.expectation)) yield ['', failure.message];
}

/** Added and removed names, such as "+claimed -busy". */
function* sets(
	name: string,
	before: readonly string[],
	after: readonly string[],
): Generator<Detail> {
	const added = after.filter((each) => !before.includes(each)).map((each) => `+${each}`);
	const removed = before.filter((each) => !after.includes(each)).map((each) => `-${each}`);
	if (added.length + removed.length > 0) yield [name, [...added, ...removed].join(' ')];
}
