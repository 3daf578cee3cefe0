// SPDX-License-Identifier: MIT
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { KnownFailureList } from '../known-failures/list';
import { compile } from '../library/compile';
import { type Diagnostic, diagnose, format, InvalidFile } from '../library/diagnostic';
import { fixVector } from '../library/fix';
import { giveIds } from '../library/free-ids';
import { ledgerDiagnostics, readLedger, record } from '../library/ledger';
import { libraryFolder, loadLibrary, vectorFiles } from '../library/library';
import { loadVector } from '../library/load';
import { profileDiagnostics, profileNames, readProfile, recordProfile } from '../library/profile';
import { MAX_VECTOR_BYTES, readBytes } from '../library/read-text';
import type { YamlSource } from '../library/yaml-source';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { version } from '../text/package-root';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { command } from './command';
import { option, UsageError, type Values } from './option';

const options = {
	fix: option.flag({
		about: 'correct first: misspelt keys and words, a byte-order mark, the layout',
	}),
	record: option.flag({
		about: 'give out ids, and add new ones to the ledger; never changes an old one',
	}),
	'record-profile': option.text({
		value: 'NAME',
		about: 'freeze what is normative now as a profile, if nothing is wrong; never overwrites one',
	}),
};

export const lint = command({
	summary: 'check vectors, their layout, the ledger, profiles and known failures',
	usage: '[FILES] [--fix] | --record | --record-profile NAME',
	about: [
		'Refuses everything that a runner could misread, with file:line:column and what to do. Without FILES it checks the',
		'whole library: vectors, ledger, profiles and lists of known failures.',
		'',
		'Vectors have one layout: keys in the order of the schema, two spaces, no needless quotes. --fix writes it, and',
		'corrects misspelt keys and words. Comments, blank lines and the choice between braces and lines stay; the data is',
		'compared before anything is written.',
		'',
		'The ledger (vectors/ledger.yaml) holds a fingerprint of the meaning of each id ever given out. A changed meaning, a',
		'reused id, and a vector that is gone without a tombstone are refused. --record gives an id to vectors that have none',
		'yet (DAXV-0000), and records new ids.',
		'',
		'A profile (vectors/profiles/NAME.yaml) is a frozen set of normative vectors with their fingerprints. "run --profile',
		'NAME" runs these alone, so that a vector that is added later never makes a target fail that pins the profile.',
	].join('\n'),
	options,
	examples: [
		['dax-vectors lint', 'the whole library, as in CI'],
		['dax-vectors lint draft.yaml', 'one file'],
		['dax-vectors lint --fix draft.yaml', 'one file, corrected'],
		['dax-vectors lint --record', 'after writing a new vector'],
		['dax-vectors lint --record-profile 1.1', 'with a release'],
	],

	async run(words, values, terminal) {
		try {
			return await check(words, values, terminal);
		} catch (error) {
			const unread = ({ code }: Diagnostic) => code === 'E_READ';
			if (!(error instanceof InvalidFile) || error.diagnostics.some(unread)) throw error;
			terminal.error(`dax-vectors: ${error.message}`);
			return DOES_NOT_CONFORM;
		}
	},
});

async function check(
	words: readonly string[],
	values: Values<typeof options>,
	terminal: Terminal,
): Promise<number> {
	const profile = values['record-profile'];
	if (words.length > 0 && (values.record || profile !== undefined))
		throw new UsageError('--record and --record-profile take the whole library: leave FILES out');
	if (values.fix) await fixFiles(words, terminal);
	if (words.length > 0) return lintFiles(words, terminal);
	const exit = await lintLibrary(values.record, terminal);
	if (exit === CONFORMS && profile !== undefined) {
		const file = recordProfile(profile, await loadLibrary(), version);
		terminal.out(`${file}: ${Object.keys(readProfile(profile).vectors).length} vectors`);
	}
	return exit;
}

function lintFiles(words: readonly string[], { out }: Terminal): number {
	const files = words.map((word) => loadVector(resolve(word)));
	const problems = files.flatMap(({ source }) => [...layoutDiagnostics(source)]);
	for (const problem of problems) out(`${format(problem)}\n`);
	const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
	out(problems.length === 0 ? `${count} without fault` : `${problems.length} faults`);
	return problems.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
}

async function lintLibrary(recording: boolean, { out }: Terminal): Promise<number> {
	if (recording)
		for (const file of giveIds(await loadLibrary()))
			out(`${relative(process.cwd(), file)}: has an id now`);
	const layout: Diagnostic[] = [];
	// Formats each file while it is still parsed: the garbage collector would copy 135 parsed files again and again.
	const files = await loadLibrary(libraryFolder, (name) => {
		const file = loadVector(name);
		layout.push(...layoutDiagnostics(file.source));
		return file;
	});
	if (recording) for (const id of record(libraryFolder, files, version)) out(`${id} recorded`);
	const { source, ledger } = readLedger(libraryFolder);
	const diagnostics = [
		...layout,
		...ledgerDiagnostics(source, ledger, files),
		...profileNames().flatMap((name) => [...profileDiagnostics(readProfile(name), files, ledger)]),
	];
	const cases = files.flatMap(compile);
	const lists = join(libraryFolder, 'known-failures');
	const problems = [
		...diagnostics.map(format),
		...readdirSync(lists).flatMap((name) =>
			KnownFailureList.check(join(lists, name)).problems(cases),
		),
	];
	for (const problem of problems) out(`${problem}\n`);
	const count = `${files.length} vectors, ${cases.length} with variants`;
	out(problems.length === 0 ? `${count}: without fault` : `${problems.length} faults`);
	return problems.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
}

/** The first place where the layout of a vector differs from the one that --fix writes. */
function* layoutDiagnostics(source: YamlSource): Generator<Diagnostic> {
	const { file } = source;
	const { text, formatted } = source.layout();
	if (formatted === text) return;
	let offset = 0;
	while (text[offset] === formatted[offset]) offset++;
	const hint = `Run dax-vectors lint --fix ${file}`;
	yield diagnose('E_LAYOUT', { file, text, offset }, 'the layout differs from here on', hint);
}

async function fixFiles(words: readonly string[], { out }: Terminal): Promise<void> {
	const files = words.length > 0 ? words.map((word) => resolve(word)) : await vectorFiles();
	for (const file of files) {
		const shown = relative(process.cwd(), file);
		try {
			const { text, corrections } = fixVector(shown, readBytes(file, MAX_VECTOR_BYTES));
			if (corrections.length > 0) writeFileSync(file, text);
			for (const correction of corrections) out(`${shown}: ${correction}`);
		} catch (error) {
			if (error instanceof UserError) throw error;
			throw new UserError(`${shown}: cannot be corrected: ${(error as Error).message}`);
		}
	}
}
