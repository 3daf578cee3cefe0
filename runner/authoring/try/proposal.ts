// SPDX-License-Identifier: MIT
/** The outcomes that a draft could allow, as YAML to paste, with comments about where each end was seen. */
import type { Outcome } from '../../../schema/types/vector';
import type { Case } from '../../library/compile';
import type { Explored, SeenEnd } from './ends';
import { outcomesOf } from './outcomes';
import { partText } from './write';

export interface Proposal {
	readonly text: string;
	/** Ends by the name of their outcome. */
	readonly named: ReadonlyMap<string, SeenEnd>;
}

interface Assumptions {
	/** Name of the implementation that counts as right: its ends are proposed, the others become comments. */
	readonly right: string;
	/** Words of the variant. */
	readonly words: Readonly<Record<string, string | number | null>>;
}

export function proposal(
	test: Case,
	{ ends, totals }: Explored,
	{ right, words }: Assumptions,
): Proposal {
	const wordOf = (result: unknown) =>
		Object.keys(words).find((name) => words[name] === result && result !== 'ok');
	const meaning = (result: unknown) => wordOf(result) ?? result;
	const seen = ends.map(({ end }) => end);
	const outcomes = Object.entries(outcomesOf(test.vector, seen, meaning));
	const named = new Map<string, SeenEnd>();
	const lines = ['outcomes:'];
	for (const [index, [name, outcome]] of outcomes.entries()) {
		const end = ends[index];
		if (!end) continue;
		named.set(name, end);
		const text = partText({ [name]: inWords(outcome, wordOf) })
			.trimEnd()
			.split('\n');
		const has = [...totals.keys()].filter((each) => end.traces.has(each));
		const lacks = [...totals.keys()].filter((each) => !end.traces.has(each));
		if (end.traces.has(right)) {
			const count = `${end.traces.get(right)} of ${totals.get(right)} traces`;
			const others = lacks.length === 0 ? '' : `, not on ${lacks.join(' ')}`;
			lines.push(`  # ${count} on ${right}${others}`, ...text.map((line) => `  ${line}`));
		} else {
			lines.push(`  # not on ${right}: only on ${has.join(' ')}`);
			lines.push(...text.map((line) => `  # ${line}`));
		}
	}
	return { text: `${lines.join('\n')}\n`, named };
}

/** The outcome with the words of the variant for the results that they name. */
function inWords(outcome: Outcome, wordOf: (result: unknown) => string | undefined): Outcome {
	if (!outcome.results) return outcome;
	const results = Object.entries(outcome.results).map(([name, value]) => {
		const word = wordOf(value);
		return [name, word === undefined ? value : `$${word}`];
	});
	return { ...outcome, results: Object.fromEntries(results) };
}
