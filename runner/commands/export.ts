// SPDX-License-Identifier: MIT
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exported } from '../library/export';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import { exportLitmus } from '../litmus/export';
import { NotExpressible } from '../litmus/not-expressible';
import { open } from '../registry';
import { jsonLine } from '../report/json';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { address, type Command, text, UsageError, type Values } from './command';

export const exportCommand: Command = {
	summary: 'write vectors as one JSON file, or as litmus tests',
	usage: '--json | --litmus ID',
	about: [
		'--json, for whoever wants the data alone: every variant with its program and its expectations, every word filled in.',
		'The file is the same for the same library, is described by schema/export.schema.json, and is in the npm package as',
		'dist/vectors.json.',
		'',
		'--litmus, for herd7 and klitmus7: what the threads of a vector do to memory on an implementation, as C of a litmus',
		'test. Its exists asks for an end that the vector does not allow; its Result is what our memory model says.',
	].join('\n'),
	options: {
		json: { type: 'boolean', about: 'as JSON' },
		litmus: { type: 'boolean', about: 'as a litmus test' },
		implementation: address('whose code a litmus test has (default: reference)'),
		folder: { type: 'string', value: 'DIR', about: 'write all litmus tests that fit there' },
	},
	examples: [
		['dax-vectors export --json', 'the whole library on stdout'],
		['dax-vectors export --litmus DAXV-0060/fs_dax_get', 'the put/get race for herd7'],
		["dax-vectors export --litmus 'DAXV-*' --folder litmus", 'every vector that fits'],
	],

	async run(words, values, terminal) {
		if (values.litmus) return litmus(words, values, terminal);
		if (words.length > 0) throw new UsageError('export takes no ids: it writes everything');
		if (!values.json) throw new UsageError('export takes a format: --json or --litmus');
		terminal.out(jsonLine(exported(await openLibrary()), '\t'));
		return 0;
	},
};

async function litmus(words: readonly string[], values: Values, { out, error }: Terminal) {
	if (words.length === 0) throw new UsageError('export --litmus takes an id');
	const [implementation] = open(text(values, 'implementation') ?? 'reference', error);
	const cases = selectCases((await openLibrary()).cases, words);
	const folder = text(values, 'folder');
	if (folder === undefined && cases.length > 1)
		throw new UsageError(
			`these are ${cases.length} litmus tests: name one, such as ${cases[0]!.id}, or use --folder`,
		);
	if (folder !== undefined) mkdirSync(folder, { recursive: true });
	let written = 0;
	for (const test of cases)
		try {
			const { file, text } = await exportLitmus(test, implementation!);
			if (folder === undefined) out(text.trimEnd());
			else writeFileSync(join(folder, file), text);
			written++;
		} catch (problem) {
			if (!(problem instanceof NotExpressible)) throw problem;
			const said = `${test.id} is no litmus test: ${problem.message}`;
			if (folder === undefined) throw new UserError(said);
			out(said);
		}
	if (folder !== undefined) out(`${written} litmus tests written to ${folder}`);
	return 0;
}
