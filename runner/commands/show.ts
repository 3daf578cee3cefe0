// SPDX-License-Identifier: MIT
import {
	type ExampleInterleaving,
	exampleInterleaving,
	revisionResults,
} from '../authoring/revisions';
import { columns } from '../diagram/columns';
import { COMMIT_WIDTH, commitDiagram } from '../diagram/commit-diagram';
import type { Case } from '../library/compile';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import type { LiveVector, Tombstone } from '../library/vector';
import { CONFORMS } from '../report/exit-codes';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { command } from './command';
import { option, UsageError } from './option';
import { linkLines, outcomeLine, revisionLine, statementLines } from './show-lines';

export const show = command({
	summary: 'explain a vector',
	usage: 'ID [--commit]',
	about: [
		'Prints what a failure of the vector means, the sources of its rule, the allowed ends, the verdict on each revision of',
		'the reference, an interleaving, and the program with its expectations. The interleaving is the shortest failure on',
		'the newest revision that fails, else the first order that the vector names.',
	].join('\n'),
	options: {
		commit: option.flag({
			about: `only the interleaving, for a commit message: plain ASCII, ${COMMIT_WIDTH} columns`,
		}),
	},
	examples: [
		['dax-vectors show DAXV-0001', 'the put/get race'],
		['dax-vectors show DAXV-0001 --commit', 'its interleaving, to paste'],
	],

	async run(words, values, terminal) {
		const [id] = words;
		if (id === undefined || words.length > 1) throw new UsageError('show takes one id');
		const { files, cases } = await openLibrary();
		const named = files.find(({ vector }) => vector.id === id);
		if (named?.vector.status === 'retired')
			return showTombstone(named.vector, named.source.file, terminal);
		const selected = selectCases(cases, [id]);
		const ids = new Set(selected.map(({ vector }) => vector.id));
		if (ids.size > 1)
			throw new UsageError(`"${id}" matches ${ids.size} vectors: show takes one id`);
		const history = await revisionResults(selected);
		const example = await exampleInterleaving(selected, history);
		if (values.commit) showForCommit(example, terminal);
		else showAll(selected, history.map(revisionLine), example, terminal);
		return CONFORMS;
	},
});

function showForCommit({ caption, lanes }: ExampleInterleaving, { out }: Terminal): void {
	for (const line of wrap(printable(`${caption}:`), COMMIT_WIDTH)) out(line);
	out('');
	for (const line of commitDiagram(lanes)) out(line);
}

function showAll(
	cases: readonly Case[],
	history: readonly string[],
	{ caption, lanes }: ExampleInterleaving,
	{ out, colors }: Terminal,
): void {
	const [{ source }] = cases as [Case];
	const vector = source.data as LiveVector;
	const section = (title: string, lines: Iterable<string>) => {
		out(`\n${colors.bold(title)}`);
		for (const line of lines) out(`  ${line}`);
	};
	const { class: kind, effect, evidence, model, links } = vector.bug;
	out(`${colors.bold(vector.id)}  ${vector.title}`);
	out(colors.dim(`${vector.status}; ${vector.tags.join(', ')}; ${source.file}`));
	section('When it fails', [`${kind}: ${effect}`, ...(model ? [`(${evidence}) ${model}`] : [])]);
	section('Sources', links.flatMap(linkLines));
	section('Allowed ends', Object.entries(vector.outcomes).map(outcomeLine));
	section('On the revisions of the reference', history);
	section(`An interleaving: ${printable(caption)}`, columns(lanes));
	section('Program and expectations', statementLines(source.file));
	if (cases.length > 1) {
		const variants = cases.map(({ id }) => id);
		section('Variants', variants);
	}
}

function showTombstone(vector: Tombstone, file: string, { out, colors }: Terminal): number {
	const { reason, 'replaced-by': next } = vector.retired;
	out(`${colors.bold(vector.id)}  ${vector.title}`);
	out(colors.dim(`retired; ${file}`));
	out(`\n  ${reason}`);
	if (next !== undefined) out(`  Replaced by ${next}.`);
	return CONFORMS;
}
