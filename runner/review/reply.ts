// SPDX-License-Identifier: MIT
/** A review as the body of a reply to each patch that changes a verdict: plain text, 72 columns. */
import { COMMIT_WIDTH, commitDiagram } from '../diagram/commit-diagram';
import type { Case } from '../library/compile';
import { version } from '../text/package-root';
import { printable } from '../text/printable';
import { wrap } from '../text/wrap';
import { type Cause, causesOf } from './causes';
import { nameOf, type Review, type ReviewedPatch } from './review';
import { listed, sentenceOf, sourceOf } from './words';

const QUOTE = '> ';
const MAX_NAMED = 8;

/** Bodies, one for each patch that changes a scored verdict; each is a list of lines. */
export function repliesOf(review: Review, cases: readonly Case[], command: string): string[][] {
	return review.patches
		.filter(({ changes }) => changes.some(({ after }) => after.scored))
		.map((reviewed) => replyTo(reviewed, review, cases, command));
}

function replyTo(
	reviewed: ReviewedPatch,
	review: Review,
	cases: readonly Case[],
	command: string,
): string[] {
	const { patch } = reviewed;
	const { series, base } = review;
	const scored = reviewed.changes.filter(({ after }) => after.scored);
	return [
		...quoted(`${patch.author}, ${patch.date}:`),
		...quoted(patch.subject),
		'',
		...wrapped(`Patch ${nameOf(patch, series)} ${sentenceOf(reviewed)}.`),
		'',
		...causesOf(scored).flatMap((cause) => causeLines(cause, cases)),
		...wrapped(
			`Every interleaving was run on drivers/dax/super.c in user space, with the series applied to ${base.description}, by dax-vectors ${version}. To run it again:`,
		),
		'',
		// A command line is not broken.
		`  ${printable(command)}`,
	].map((line) => line.trimEnd());
}

const wrapped = (text: string): string[] => wrap(printable(text), COMMIT_WIDTH).map(cut);

const quoted = (text: string): string[] =>
	wrap(printable(text), COMMIT_WIDTH - QUOTE.length).map((line) => cut(QUOTE + line));

const cut = (line: string): string =>
	line.length <= COMMIT_WIDTH ? line : `${line.slice(0, COMMIT_WIDTH - 1)}~`;

/** A link is not broken, however long it is. */
const linkLines = (source: string): string[] =>
	source.startsWith('https://')
		? [`  ${source}`]
		: wrap(source, COMMIT_WIDTH - 2).map((line) => cut(`  ${line}`));

function causeLines(
	{ kind, message, example, failure, vectors }: Cause,
	cases: readonly Case[],
): string[] {
	const { id, after, lines } = example;
	const test = cases.find((each) => each.id === id);
	const source = test ? printable(sourceOf(test.vector)) : '';
	const [, ...others] = vectors;
	const same = others.length > 0 ? ` The same in ${listed(others, MAX_NAMED)}.` : '';
	const lead = kind === 'fixes' ? 'Before this patch' : 'With this patch';
	const touched = lines.filter(({ side }) => (side === 'added') === (kind === 'breaks'));
	return [
		...wrapped(`${id}: ${after.title}`),
		...(source ? linkLines(source) : []),
		'',
		...wrapped(`${lead}: ${message || 'it passes'}.${same}`),
		'',
		...(failure?.lanes ? [...commitDiagram(failure.lanes), ''] : []),
		...touched.map(({ side, text }) => cut(`  ${side === 'added' ? '+' : '-'} ${printable(text)}`)),
		...(touched.length > 0 ? [''] : []),
	];
}
