// SPDX-License-Identifier: MIT
/** Lines that count the results of each other kind than failures, with their reasons. */
import type { Result } from '../../schema/types/report';
import { printable } from '../text/printable';
import { groupBy, idList, vectorsOf } from './ids';

/** Lines such as "67 pass, in every interleaving" and "24 do not apply: no fs_dax_get()". */
export function* kindLines(results: readonly Result[]): Generator<string> {
	const scored = results.filter((result) => result.scored);
	const of = (verdict: Result['verdict']) => scored.filter((each) => each.verdict === verdict);
	const passing = of('pass');
	if (passing.length > 0) yield `${passing.length} ${verb(passing, 'pass')}${extent(passing)}`;
	for (const [reason, same] of groupBy(of('xfail'), ({ reason }) => reason))
		yield `${same.length} ${verb(same, 'fail')} as known: ${idList(vectorsOf(same))}: ${printable(reason)}`;
	const skipped = of('skip');
	if (skipped.length > 0)
		yield `${skipped.length} ${skipped.length === 1 ? 'does' : 'do'} not apply: ${reasonsOf(skipped)}`;
	for (const [reason, same] of groupBy(of('not-run'), ({ reason }) => reason))
		yield `${same.length} not decided: ${idList(vectorsOf(same))}: ${printable(reason)}`;
	const open = results.filter((result) => !result.scored);
	if (open.length > 0) yield `${open.length} open, not scored: ${openKinds(open)}`;
}

const verb = ({ length }: readonly unknown[], word: string): string =>
	length === 1 ? `${word}${word.endsWith('s') ? 'es' : 's'}` : word;

/** How much of the interleavings the results stand for. */
function extent(results: readonly Result[]): string {
	const kinds = new Set(results.map(({ completeness }) => completeness.kind));
	const traces = results.reduce((sum, { completeness }) => sum + completeness.traces, 0);
	const [kind] = kinds;
	if (kinds.size !== 1) return '';
	const count = `${traces} ${traces === 1 ? 'trace' : 'traces'}`;
	if (kind === 'exhaustive') return `, in every interleaving (exhaustive, ${count})`;
	if (kind === 'driven') return `, in the named orders (${traces})`;
	const bounds = results.map(({ completeness }) => completeness.preemptions ?? 0);
	return kind === 'bounded' ? ` (<= ${Math.min(...bounds)} preemptions, ${count})` : '';
}

/** Reasons, the most frequent first, with how often each occurs if there are several. */
function reasonsOf(results: readonly Result[]): string {
	const groups = [...groupBy(results, ({ reason }) => reason)];
	if (groups.length === 1) return printable(groups[0]?.[0] ?? '');
	return groups
		.sort(([, a], [, b]) => b.length - a.length)
		.map(([reason, same]) => `${printable(reason)} (${same.length})`)
		.join(', ');
}

const OPEN_WORDS: Partial<Record<Result['verdict'], string>> = {
	pass: 'hold',
	fail: 'do not',
	skip: 'do not apply',
};

const openKinds = (open: readonly Result[]): string =>
	[...groupBy(open, ({ verdict }) => OPEN_WORDS[verdict] ?? verdict)]
		.sort(([a], [b]) => rank(a) - rank(b))
		.map(([words, same]) => `${same.length} ${words}`)
		.join(', ');

const rank = (words: string): number => {
	const index = Object.values(OPEN_WORDS).indexOf(words);
	return index < 0 ? 9 : index;
};
