// SPDX-License-Identifier: MIT
/** What changed from one report to another, by id and implementation. */
import type { Result } from '../../schema/types/report';
import { completenessText } from './failure';
import type { Report } from './read';

/** new and gone: in one report only. fixed and regression: green on one side only. */
export type Kind = 'regression' | 'fixed' | 'changed' | 'new' | 'gone';

export interface Change {
	readonly kind: Kind;
	readonly id: string;
	/** As the later report calls it. */
	readonly implementation: string;
	readonly before: Result | null;
	readonly after: Result | null;
	/** What else differs, and how: name and text. */
	readonly details: readonly (readonly [string, string])[];
}

const GREEN: readonly string[] = ['pass', 'xfail', 'skip'];
const isGreen = ({ verdict }: Result): boolean => GREEN.includes(verdict);

/**
 * Two reports about one implementation each are about the same thing under two addresses, such as a kernel tree before
 * and after: they are compared whatever the addresses are.
 */
export function compare(before: Report, after: Report): Change[] {
	const [old, ...moreOld] = before.header.implementations;
	const [current, ...moreCurrent] = after.header.implementations;
	const alone = moreOld.length === 0 && moreCurrent.length === 0;
	const same = old!.address === current!.address || !alone;
	const name = (implementation: string) => (alone ? current!.address : implementation);
	const key = ({ id, implementation }: Result) => JSON.stringify([id, name(implementation)]);
	const earlier = new Map(before.results.map((result) => [key(result), result]));
	const later = new Map(after.results.map((result) => [key(result), result]));
	const changes: Change[] = [];
	for (const each of new Set([...earlier.keys(), ...later.keys()])) {
		const change = changeOf(earlier.get(each) ?? null, later.get(each) ?? null, same);
		if (change)
			changes.push({
				...change,
				implementation: name((change.after ?? change.before)!.implementation),
			});
	}
	const order = (a: Change, b: Change) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
	return changes.sort(order);
}

type Either = Omit<Change, 'implementation'>;

function changeOf(before: Result | null, after: Result | null, same: boolean): Either | null {
	if (!before || !after) {
		const { id } = (before ?? after)!;
		return { kind: before ? 'gone' : 'new', id, before, after, details: [] };
	}
	const details = [...differences(before, after, same)];
	const kind = kindOf(before, after);
	const moved = before.verdict !== after.verdict || before.scored !== after.scored;
	if (!moved && details.length === 0) return null;
	return { kind, id: after.id, before, after, details };
}

function kindOf(before: Result, after: Result): Kind {
	if (isGreen(before) === isGreen(after)) return 'changed';
	// What is open is shown, never scored.
	if (isGreen(after)) return before.scored ? 'fixed' : 'changed';
	return after.scored ? 'regression' : 'changed';
}

function* differences(
	before: Result,
	after: Result,
	same: boolean,
): Generator<readonly [string, string]> {
	yield* sets('outcomes', Object.keys(before.outcomes), Object.keys(after.outcomes));
	// Another implementation has other accesses, so other traces; of the same one there must be as many.
	const [old, current] = [before, after].map(({ completeness }) =>
		same
			? completenessText(completeness)
			: `${completeness.kind} ${completeness.preemptions ?? ''}`,
	);
	if (old !== current)
		yield [
			'explored',
			[before, after].map((each) => completenessText(each.completeness) || 'nothing').join(' -> '),
		];
	const expectations = ({ failures }: Result) => failures.map(({ expectation }) => expectation);
	yield* sets('fails', expectations(before), expectations(after));
	for (const failure of after.failures)
		if (!expectations(before).includes(failure.expectation)) yield ['', failure.message];
}

/** Such as "+claimed -busy": what came and what went. */
function* sets(
	name: string,
	before: readonly string[],
	after: readonly string[],
): Generator<readonly [string, string]> {
	const came = after.filter((each) => !before.includes(each)).map((each) => `+${each}`);
	const went = before.filter((each) => !after.includes(each)).map((each) => `-${each}`);
	if (came.length + went.length > 0) yield [name, [...came, ...went].join(' ')];
}
