// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../implementations/system/make-folder';
import { exported } from '../library/export';
import { selectCases } from '../library/select';
import { exportLitmus } from '../litmus/export';
import { NotExpressible } from '../litmus/not-expressible';
import { CONFORMS } from '../report/exit-codes';
import { jsonLine } from '../report/json';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { command, implementation } from './command';
import { openOne } from './open';
import { option, UsageError } from './option';
import { openOwnLibrary } from './vector-words';

export const exportCommand = command({
	summary: 'write vectors as one JSON file, or as litmus tests',
	usage: '--json | --litmus ID',
	about: [
		'--json writes the data of all vectors: each variant with its program and its expectations, every $word replaced. The',
		'same library gives the same file. schema/export.schema.json describes it; the npm package has it as',
		'dist/vectors.json.',
		'',
		'--litmus writes a litmus test for herd7 and klitmus7: the memory accesses of the threads of a vector on an',
		'implementation, in C. Its exists clause asks for an end that the vector does not allow; its Result is the answer of',
		'the memory model of this runner.',
	].join('\n'),
	options: {
		json: option.flag({ about: 'as JSON' }),
		litmus: option.flag({ about: 'as a litmus test' }),
		implementation: implementation('whose code a litmus test has (default: reference)'),
		folder: option.text({ value: 'DIR', about: 'write all litmus tests that fit there' }),
	},
	examples: [
		['dax-vectors export --json', 'the whole library on stdout'],
		['dax-vectors export --litmus DAXV-0060/fs_dax_get', 'the put/get race for herd7'],
		["dax-vectors export --litmus 'DAXV-*' --folder litmus", 'every vector that fits'],
	],

	async run(words, values, terminal) {
		if (values.litmus) return writeLitmus(words, values, terminal);
		if (words.length > 0) throw new UsageError('export takes no ids: it writes everything');
		if (!values.json) throw new UsageError('export takes a format: --json or --litmus');
		terminal.out(jsonLine(exported(await openOwnLibrary(terminal)), '\t'));
		return CONFORMS;
	},
});

interface LitmusOptions {
	readonly implementation: string | undefined;
	readonly folder: string | undefined;
}

async function writeLitmus(
	words: readonly string[],
	{ implementation: address = 'reference', folder }: LitmusOptions,
	terminal: Terminal,
): Promise<number> {
	const { out } = terminal;
	if (words.length === 0) throw new UsageError('export --litmus takes an id');
	const opened = await openOne(address);
	const cases = selectCases((await openOwnLibrary(terminal)).cases, words);
	if (folder === undefined && cases.length > 1)
		throw new UsageError(
			`these are ${cases.length} litmus tests: name one, such as ${cases[0]?.id}, or use --folder`,
		);
	if (folder !== undefined) makeFolder(folder);
	let written = 0;
	for (const test of cases)
		try {
			const { file, text } = await exportLitmus(test, opened);
			if (folder === undefined) out(text.trimEnd());
			else writeFileSync(join(folder, file), text);
			written++;
		} catch (problem) {
			if (!(problem instanceof NotExpressible)) throw problem;
			const reason = `${test.id} is no litmus test: ${problem.message}`;
			if (folder === undefined) throw new UserError(reason);
			out(reason);
		}
	if (folder !== undefined) out(`${written} litmus tests written to ${folder}`);
	return CONFORMS;
}
