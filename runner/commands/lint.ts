// SPDX-License-Identifier: MIT
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { KnownFailureList } from '../known-failures/list';
import { compile } from '../library/compile';
import { format } from '../library/diagnostic';
import { fixVector } from '../library/fix';
import { ledgerDiagnostics, readLedger, record } from '../library/ledger';
import { libraryFolder, loadLibrary, vectorFiles } from '../library/library';
import { loadVector } from '../library/load';
import { profileDiagnostics, profileNames, readProfile } from '../library/profile';
import { MAX_VECTOR_BYTES, readBytes } from '../library/read-text';
import { CANNOT_RUN } from '../report/exit-codes';
import { version } from '../text/package-root';
import { UserError } from '../text/user-error';
import type { Command } from './command';

export const lint: Command = {
	summary: 'check vectors, ledger, profiles and known failures',
	usage: '[FILES] [--record] [--fix]',
	about: [
		'Refuses what a runner could misread, with file:line:column and what to do. With FILES only those files are',
		'checked, without the ledger.',
		'',
		'The ledger (vectors/ledger.yaml) holds a fingerprint of the meaning of each id ever given out. An id whose',
		'meaning changed, an id used again and a vector that is gone without a tombstone are refused.',
	].join('\n'),
	options: {
		fix: {
			type: 'boolean',
			about: 'first mend what can be: misspelt keys and words, a byte-order mark, the layout',
		},
		record: { type: 'boolean', about: 'add new ids to the ledger; never changes an old one' },
	},
	examples: [
		['dax-vectors lint', 'the whole library'],
		['dax-vectors lint draft.yaml', 'one file'],
		['dax-vectors lint --record', 'after writing a new vector'],
	],

	async run(words, values, { out }) {
		if (values.fix)
			for (const file of words.length > 0
				? words.map((word) => resolve(word))
				: await vectorFiles())
				for (const what of fixFile(file)) out(`${relative(process.cwd(), file)}: ${what}`);
		if (words.length > 0) {
			for (const word of words) loadVector(resolve(word));
			out(`${words.length} ${words.length === 1 ? 'file' : 'files'} without fault`);
			return 0;
		}
		const files = await loadLibrary();
		if (values.record)
			for (const id of record(libraryFolder, files, version)) out(`${id} recorded`);

		const { source, ledger } = readLedger(libraryFolder);
		const complaints = [...ledgerDiagnostics(source, ledger, files)].map(format);
		for (const name of profileNames())
			complaints.push(...[...profileDiagnostics(readProfile(name), files, ledger)].map(format));
		const cases = files.flatMap(compile);
		const lists = join(libraryFolder, 'known-failures');
		for (const name of readdirSync(lists))
			complaints.push(...KnownFailureList.read(join(lists, name)).problems(cases));

		for (const complaint of complaints) out(`${complaint}\n`);
		const count = `${files.length} vectors, ${cases.length} with variants`;
		out(complaints.length === 0 ? `${count}: without fault` : `${complaints.length} faults`);
		return complaints.length === 0 ? 0 : CANNOT_RUN;
	},
};

/** Returns the corrections. */
function fixFile(file: string): readonly string[] {
	const shown = relative(process.cwd(), file);
	try {
		const { text, corrections } = fixVector(shown, readBytes(file, MAX_VECTOR_BYTES));
		if (corrections.length > 0) writeFileSync(file, text);
		return corrections;
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${shown}: cannot be corrected: ${(error as Error).message}`);
	}
}
