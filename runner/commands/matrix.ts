// SPDX-License-Identifier: MIT
import type { Implementation } from '../../implementations/implementation';
import { openMatrix } from '../registry';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import type { Terminal } from '../text/terminal';
import { command } from './command';
import { type Kill, killMatrix, nameOf, problemsOf } from './matrix-kills';
import { option, UsageError } from './option';
import { openOwnLibrary } from './vector-words';

/** Columns of the name of an implementation. */
const NAME_WIDTH = 28;

export const matrix = command({
	summary: 'show which vector kills which seeded bug',
	usage: '[--expectations]',
	about: [
		'Runs every vector on every revision and on every mutant of the reference: merged, with one line of one call wrong.',
		'Exits 1 when nothing fails a normative vector, or when no vector fails a mutant, because they prove nothing then.',
		'A vector that must hold under a weaker memory model runs under it too: 0060:lkmm fails there and not under sc.',
		'Only a failed expectation kills, never a crash or a harness error. With --expectations each vector is explored to the',
		'end; without, until it kills.',
	].join('\n'),
	options: { expectations: option.flag({ about: 'show which expectation killed' }) },
	examples: [
		['dax-vectors matrix', 'the kill matrix'],
		['dax-vectors matrix --expectations', 'with the expectation that killed'],
	],

	async run(words, { expectations }, terminal) {
		if (words.length > 0) throw new UsageError('matrix takes no ids: it runs everything');
		const { out, colors, progress } = terminal;
		const { cases } = await openOwnLibrary(terminal);
		const implementations = openMatrix();
		const { revisions, mutants } = implementations;
		const kills = await killMatrix(
			cases,
			implementations,
			(text) => progress.update(text),
			expectations ? 'all' : 'first',
		);
		const print = (title: string, rows: readonly Implementation[]) => {
			out(colors.bold(title));
			for (const row of rows) printRow(row, kills.of(row), expectations, terminal);
			out('');
		};
		print('Revisions, and the vectors that they fail', revisions);
		print('Mutants, and the vectors that kill them', mutants);

		const problems = problemsOf(cases, implementations, kills);
		for (const problem of problems) out(colors.red(problem));
		if (problems.length > 0) return DOES_NOT_CONFORM;
		const vectors = new Set(cases.map(({ vector }) => vector.id)).size;
		out(
			`every vector (${vectors}) is failed by something, every mutant (${mutants.length}) is killed`,
		);
		return CONFORMS;
	},
});

function printRow(
	{ target, description }: Implementation,
	kills: readonly Kill[],
	expectations: boolean,
	{ out, colors }: Terminal,
): void {
	const names = [...new Set(kills.map(nameOf))];
	out(
		`  ${target.padEnd(NAME_WIDTH)} ${names.length > 0 ? names.join(' ') : colors.red('nothing')}`,
	);
	out(colors.dim(`  ${''.padEnd(NAME_WIDTH)} ${description.replace(/^model, /, '')}`));
	if (!expectations) return;
	for (const { id, memory, failures } of kills) {
		const failed = failures.map(({ expectation }) => expectation).join(', ');
		out(colors.dim(`    ${id}${memory ? `:${memory}` : ''}: ${failed}`));
	}
}
