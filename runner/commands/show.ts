// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import type { Link, Outcome } from '../../schema/types/vector';
import { exampleInterleaving, type RevisionResults, revisionResults } from '../authoring/revisions';
import { columns } from '../diagram/columns';
import { COMMIT_WIDTH, commitDiagram } from '../diagram/commit-diagram';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import type { LiveVector, Tombstone } from '../library/vector';
import { archived } from '../text/links';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { type Command, UsageError } from './command';

export const show: Command = {
	summary: 'explain a vector',
	usage: 'ID [--commit]',
	about: [
		'What the vector states, what a failure means, where that is known from, which ends are allowed, the verdict on',
		'every revision of the reference, and the interleaving: the shortest failure on the newest revision that fails,',
		'else the first order that the vector names.',
	].join('\n'),
	options: {
		commit: {
			type: 'boolean',
			about: `only the interleaving, for a commit message: plain ASCII, ${COMMIT_WIDTH} columns`,
		},
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
		const { caption, lanes } = await exampleInterleaving(selected, history);
		const { out, colors } = terminal;
		if (values.commit) {
			for (const line of wrap(printable(`${caption}:`), COMMIT_WIDTH)) out(line);
			out('');
			for (const line of commitDiagram(lanes)) out(line);
			return 0;
		}

		const file = selected[0]!.source;
		const vector = file.data as LiveVector;
		const section = (name: string) => out(`\n${colors.bold(name)}`);
		out(`${colors.bold(vector.id)}  ${vector.title}`);
		out(colors.dim(`${vector.status}; ${vector.tags.join(', ')}; ${file.file}`));

		section('When it fails');
		out(`  ${vector.bug.class}: ${vector.bug.effect}`);
		if (vector.bug.model) out(`  (${vector.bug.evidence}) ${vector.bug.model}`);

		section('Sources');
		for (const link of vector.bug.links) for (const line of source(link)) out(`  ${line}`);

		section('Allowed ends');
		for (const [name, outcome] of Object.entries(vector.outcomes))
			out(`  ${name}: ${end(outcome)}`);

		section('On the revisions of the reference');
		for (const chapter of history) out(`  ${verdict(chapter)}`);

		section(`An interleaving: ${printable(caption)}`);
		for (const line of columns(lanes)) out(`  ${line}`);

		section('Program and expectations');
		for (const line of statement(file.file)) out(`  ${line}`);
		if (selected.length > 1) {
			section('Variants');
			for (const each of selected) out(`  ${each.id}`);
		}
		return 0;
	},
};

function showTombstone(vector: Tombstone, file: string, { out, colors }: Terminal): number {
	const { reason, 'replaced-by': next } = vector.retired;
	out(`${colors.bold(vector.id)}  ${vector.title}`);
	out(colors.dim(`retired; ${file}`));
	out(`\n  ${reason}`);
	if (next !== undefined) out(`  Replaced by ${next}.`);
	return 0;
}

/** Such as "v3            fails: 1 WARN in fs_put_dax(), expected none". */
function verdict({ revision, results }: RevisionResults): string {
	const applied = results.filter(({ verdict }) => verdict !== 'skip');
	const failed = applied.filter(({ verdict }) => verdict !== 'pass');
	const name = revision.target.padEnd(13);
	if (applied.length === 0) return `${name} does not apply: ${results[0]!.reason}`;
	const [first] = failed;
	if (!first) return `${name} passes`;
	const some = failed.length < applied.length ? ` (${first.id})` : '';
	const word = first.verdict === 'fail' ? 'fails' : first.verdict;
	return printable(`${name} ${word}${some}: ${first.reason}`);
}

/** An outcome on one line, in the words of the file. */
function end({ must, ...outcome }: Outcome): string {
	const parts = Object.entries(outcome).map(([key, value]) => `${key} ${flow(value)}`);
	return `${parts.join(', ')}${must ? ' (some interleaving must end so)' : ''}`;
}

function flow(value: unknown): string {
	if (Array.isArray(value)) return value.map(flow).join(' or ');
	if (value === null || typeof value !== 'object') return String(value);
	const pairs = Object.entries(value).map(([key, item]) => `${key} ${flow(item)}`);
	return `{${pairs.join(', ')}}`;
}

function source(link: Link): string[] {
	const id = link['message-id'];
	const where = id === undefined ? `commit ${link.commit} ("${link.subject}")` : archived(id);
	const who = link.by === undefined ? '' : `, ${link.by}`;
	return [`${link.role}: ${where}${who}`, ...(link.says === undefined ? [] : [`  ${link.says}`])];
}

/** What the vector states, in its own words and layout: everything below its head. */
function statement(file: string): string[] {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	const start = lines.findIndex((line) => /^(variants|holders|device|setup|threads):/.test(line));
	return lines.slice(start).map(printable);
}
