// SPDX-License-Identifier: MIT
/** A review as text for a terminal. */
import { commitDiagram } from '../diagram/commit-diagram';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import type { Colors } from '../text/terminal';
import type { Base } from './base';
import { type Cause, causesOf } from './causes';
import { knownOnBase, nameOf, type Review, type ReviewedPatch } from './review';
import type { Series } from './series';
import { TABLE_LEGEND, tableOf } from './table';
import { listed, sentenceOf, sourceOf } from './words';

const MAX_NAMED_FILES = 3;
const MAX_NAMED_VECTORS = 8;

/** Lines that can be printed before anything is judged. */
export function headLines(series: Series, base: Base, colors: Colors): string[] {
	const { version, title, patches, total, missing, otherVersions } = series;
	const author = patches[0]?.author ?? '';
	const count = `${total} ${total === 1 ? 'patch' : 'patches'}`;
	return [
		`${colors.bold(printable(title))}  version ${version}, ${count}, ${printable(author)}`,
		`base: ${printable(base.description)}, ${printable(base.reason)}`,
		...(missing.length > 0
			? [
					colors.yellow(
						`no mail has patch ${missing.join(', ')} of ${total}: save the whole thread`,
					),
				]
			: []),
		...(otherVersions.length > 0
			? [colors.dim(`the mails have version ${otherVersions.join(', ')} too: see --version`)]
			: []),
		'',
	];
}

/** Table, a line for each patch, and each change of a verdict with its interleaving. */
export function* reviewLines(
	review: Review,
	cases: readonly Case[],
	colors: Colors,
): Generator<string> {
	const { series, patches, stopped, exit } = review;
	const table = tableOf(review);
	for (const line of table) yield printable(line);
	if (table.length > 0) yield* ['', colors.dim(TABLE_LEGEND), ''];
	for (const each of patches)
		yield `${colors.bold(nameOf(each.patch, series))} ${printable(each.patch.title)}: ${patchSentence(each)}`;
	if (stopped !== undefined)
		for (const line of stopped.split('\n')) yield colors.red(printable(line));
	yield '';
	for (const each of patches)
		for (const cause of causesOf(each.changes))
			yield* causeLines(nameOf(each.patch, series), cause, cases, colors);
	const known = vectorsOf(knownOnBase(review));
	if (known.length > 0)
		yield `the base fails already: ${listed(known, MAX_NAMED_VECTORS)}; only what a patch changes counts`;
	yield exit === 0 ? colors.green(conclusions[exit]) : colors.red(conclusions[exit]);
}

const conclusions: Readonly<Record<Review['exit'], string>> = {
	0: 'no regression against the base',
	1: 'a regression against the base',
	125: 'cannot be judged',
};

const vectorsOf = (ids: readonly string[]): string[] => [
	...new Set(ids.map((id) => id.replace(/\/.*$/, ''))),
];

/** Says in one line how a patch changes verdicts, and names the files that were not looked at. */
export function patchSentence(reviewed: ReviewedPatch): string {
	const { compiled, obstacle, outside } = reviewed;
	const paths = outside.map(({ path }) => printable(path));
	const files = outside.length === 1 ? 'file was' : 'files were';
	const others =
		outside.length > 0
			? `; ${outside.length} other ${files} not looked at: ${listed(paths, MAX_NAMED_FILES)}`
			: '';
	if (!compiled) return `changes nothing that is compiled${others}`;
	if (obstacle !== undefined) return `cannot be judged: ${printable(obstacle)}${others}`;
	return `${sentenceOf(reviewed)}${others}`;
}

function* causeLines(
	name: string,
	{ kind, message, example, failure, vectors }: Cause,
	cases: readonly Case[],
	colors: Colors,
): Generator<string> {
	const { id, after, lines } = example;
	const test = cases.find((each) => each.id === id);
	const color = kind === 'breaks' ? colors.red : colors.green;
	const verb = kind === 'else' ? example.kind : kind;
	const note = after.scored ? '' : ' (open, not scored)';
	yield `${colors.bold(name)} ${color(verb)} ${id}  ${printable(after.title)}${note}`;
	yield `    ${kind === 'fixes' ? 'before: ' : ''}${message || 'passes'}`;
	const [, ...others] = vectors;
	if (others.length > 0) yield `    the same in ${listed(others, MAX_NAMED_VECTORS)}`;
	if (failure) yield colors.dim(`    ${printable(`${failure.file}:${failure.line}`)}`);
	const source = test && sourceOf(test.vector);
	if (source) yield colors.dim(`    ${printable(source)}`);
	yield '';
	if (!failure?.lanes) return;
	for (const line of commitDiagram(failure.lanes)) yield printable(line);
	yield '';
	const touched = lines.filter(({ side }) => (side === 'added') === (kind === 'breaks'));
	for (const { file, line, side, text } of touched)
		yield printable(`    ${file}:${line}: ${side === 'added' ? '+' : '-'} ${text}`);
	if (touched.length > 0) yield '';
}
