// SPDX-License-Identifier: MIT
import {
	type ExampleInterleaving,
	exampleInterleaving,
	type RevisionResults,
	resultsOf,
	revisionResults,
} from '../authoring/revisions';
import { columns } from '../diagram/columns';
import { COMMIT_WIDTH, commitDiagram } from '../diagram/commit-diagram';
import type { Case } from '../library/compile';
import { fullId } from '../library/select';
import type { LiveVector, Tombstone } from '../library/vector';
import { CONFORMS } from '../report/exit-codes';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { command, implementation } from './command';
import { openOne } from './open';
import { option, UsageError } from './option';
import { linkLines, outcomeLine, revisionLine, statementLines } from './show-lines';
import { casesOf, openOwnLibrary } from './vector-words';

export const show = command({
	summary: 'explain a vector',
	usage: 'ID|FILE [--commit] [-i ADDRESS]',
	about: [
		'Prints what a failure of the vector means, the sources of its rule, the allowed ends, the verdict on each revision of',
		'the reference, an interleaving, and the program with its expectations. The interleaving is the shortest failure on',
		'the newest revision that fails, else the first order that the vector names. A failure of the kind of bug that the',
		'vector is about goes before others. -i takes the interleaving, and the verdict, from another implementation.',
	].join('\n'),
	options: {
		implementation: implementation('whose verdict and interleaving to show'),
		commit: option.flag({
			about: `only the interleaving, for a commit message: plain ASCII, ${COMMIT_WIDTH} columns`,
		}),
	},
	examples: [
		['dax-vectors show DAXV-0001', 'the put/get race'],
		['dax-vectors show DAXV-0001 --commit', 'its interleaving, to paste'],
		['dax-vectors show DAXV-0001 --commit -i native:.', 'as it happens in a kernel tree'],
	],

	async run(words, values, terminal) {
		const [word] = words;
		if (word === undefined || words.length > 1) throw new UsageError('show takes one id or file');
		const { files, cases } = await openOwnLibrary(terminal);
		const id = fullId(word);
		const named = files.find(({ vector }) => vector.id === id);
		if (named?.vector.status === 'retired')
			return showTombstone(named.vector, named.source.file, terminal);
		const selected = casesOf(cases, [word]);
		const ids = new Set(selected.map(({ vector }) => vector.id));
		if (ids.size > 1)
			throw new UsageError(`"${word}" matches ${ids.size} vectors: show takes one id`);
		const address = values.implementation;
		const history = await resultsOn(selected, address);
		const example = await exampleInterleaving(selected, history);
		if (values.commit) showForCommit(example, terminal);
		else {
			const where =
				address === undefined ? 'On the revisions of the reference' : `On ${printable(address)}`;
			showAll(selected, { where, history: history.map(revisionLine) }, example, terminal);
		}
		return CONFORMS;
	},
});

/** Results on an implementation, or on each revision of the reference. Throws CannotTest. */
async function resultsOn(
	cases: readonly Case[],
	address: string | undefined,
): Promise<RevisionResults[]> {
	if (address === undefined) return revisionResults(cases);
	return [await resultsOf(cases, await openOne(address))];
}

function showForCommit({ caption, lanes }: ExampleInterleaving, { out }: Terminal): void {
	for (const line of wrap(printable(`${caption}:`), COMMIT_WIDTH)) out(line);
	out('');
	for (const line of commitDiagram(lanes)) out(line);
}

function showAll(
	cases: readonly Case[],
	{ where, history }: { readonly where: string; readonly history: readonly string[] },
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
	section(where, history);
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
