// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import type { Link, Vector } from '../../schema/types/vector';
import { openLibrary, select } from '../library';
import { printable } from '../vector/errors';
import { type Command, UsageError } from './command';

export const show: Command = {
	summary: 'explain a vector',
	usage: 'ID',
	about:
		'What the vector states, what a failure means, where that is known from, and which ends are allowed.',
	options: {},
	examples: [['dax-vectors show DAXV-0001', 'the put/get race']],

	async run(words, _, terminal) {
		const [id] = words;
		if (id === undefined || words.length > 1) throw new UsageError('show takes one id');
		const { cases } = await openLibrary();
		const ids = new Set(select(cases, [id], []).map(({ vector }) => vector.id));
		if (ids.size > 1)
			throw new UsageError(`"${id}" matches ${ids.size} vectors: show takes one id`);
		const [first, ...others] = cases.filter(({ vector }) => ids.has(vector.id));
		const file = first!.source;
		const vector = file.data as Vector;
		const { out, colors } = terminal;
		const section = (name: string) => out(`\n${colors.bold(name)}`);

		out(`${colors.bold(vector.id)}  ${vector.title}`);
		out(colors.dim(`${vector.status}; ${vector.tags.join(', ')}; ${file.file}`));

		section('When it fails');
		out(`  ${vector.bug!.class}: ${vector.bug!.effect}`);
		if (vector.bug!.model) out(`  (${vector.bug!.evidence}) ${vector.bug!.model}`);

		section('Sources');
		for (const link of vector.bug!.links) out(`  ${source(link)}`);

		section('Program and expectations');
		for (const line of statement(file.file)) out(`  ${line}`);
		if (others.length > 0) {
			section('Variants');
			for (const each of [first!, ...others]) out(`  ${each.id}`);
		}
		return 0;
	},
};

function source(link: Link): string {
	const where =
		link.commit === undefined
			? `<${link['message-id']}>`
			: `commit ${link.commit} ("${link.subject}")`;
	const who = link.by === undefined ? '' : `, ${link.by}`;
	const says = link.says === undefined ? '' : `\n    ${link.says}`;
	return `${link.role}: ${where}${who}${says}`;
}

/** What the vector states, in its own words and layout: everything below its head. */
function statement(file: string): string[] {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	const start = lines.findIndex((line) => /^(variants|holders|device|setup|threads):/.test(line));
	return lines.slice(start).map(printable);
}
