// SPDX-License-Identifier: MIT
/** The outcomes that a draft could allow, as YAML to paste: what was seen where it is right, and who else ends otherwise. */
import type { Outcome } from '../../../schema/types/vector';
import type { Case } from '../../library/compile';
import type { Explored, SeenEnd } from './explored';
import { outcomesOf } from './outcomes';
import { partText } from './write';

export interface Proposal {
	readonly text: string;
	/** Ends by the name of their outcome. */
	readonly named: ReadonlyMap<string, SeenEnd>;
}

/** model is the target whose ends are proposed; words are those of the variant. */
export function proposal(
	test: Case,
	{ ends, totals }: Explored,
	model: string,
	words: Readonly<Record<string, string | number | null>>,
): Proposal {
	const word = (result: unknown) =>
		Object.keys(words).find((name) => words[name] === result && result !== 'ok');
	const seen = ends.map(({ end }) => end);
	const meaning = (result: unknown) => word(result) ?? result;
	const entries = Object.entries(outcomesOf(test.vector, seen, meaning));
	const named = new Map(entries.map(([name], index) => [name, ends[index]!]));
	const everywhere = [...totals.keys()];
	const lines = ['outcomes:'];
	for (const [name, outcome] of entries) {
		const { traces } = named.get(name)!;
		const here = everywhere.filter((target) => traces.has(target));
		const missing = everywhere.filter((target) => !traces.has(target));
		const count = `${traces.get(model)} of ${totals.get(model)} traces`;
		const text = partText({ [name]: inWords(outcome, word) })
			.trimEnd()
			.split('\n');
		if (traces.has(model)) {
			const others = missing.length === 0 ? '' : `, not on ${missing.join(' ')}`;
			lines.push(`  # ${count} on ${model}${others}`, ...text.map((line) => `  ${line}`));
		} else
			lines.push(
				`  # not on ${model}: only on ${here.join(' ')}`,
				...text.map((line) => `  # ${line}`),
			);
	}
	return { text: `${lines.join('\n')}\n`, named };
}

/** With the words of the variant for the results that they name. */
function inWords(outcome: Outcome, word: (result: unknown) => string | undefined): Outcome {
	if (!outcome.results) return outcome;
	const results = Object.entries(outcome.results).map(([name, value]) => {
		const named = word(value);
		return [name, named === undefined ? value : `$${named}`];
	});
	return { ...outcome, results: Object.fromEntries(results) };
}
