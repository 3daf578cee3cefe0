// SPDX-License-Identifier: MIT
/** Ids for new vectors. An id is given out when a vector enters the library. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../text/user-error';
import { readLedger } from './ledger';
import { libraryFolder } from './library';
import type { VectorFile } from './load';
import { NO_ID } from './rules/id-matches-file';

/**
 * Generates unused ids, ascending from the highest in the ledger, the library and the given folders; a gap is never
 * filled. Throws InvalidFile if the ledger is invalid, UserError after DAXV-9999.
 */
export function* freeIds(...folders: readonly string[]): Generator<string, never> {
	const known = Object.keys(readLedger(libraryFolder).ledger.ids);
	const own = readdirSync(libraryFolder, { recursive: true }).map(String);
	const others = folders.filter(existsSync).flatMap((folder) => readdirSync(folder));
	const taken = [...known, ...own, ...others].flatMap((name) =>
		[...name.matchAll(/DAXV-(\d{4})(?=\.ya?ml$|$)/g)].map(([, number]) => Number(number)),
	);
	for (let next = Math.max(0, ...taken) + 1; next <= 9999; next++)
		yield `DAXV-${String(next).padStart(4, '0')}`;
	throw new UserError('every id up to DAXV-9999 is used: extend the format of ids');
}

/** Path of the schema from a file of the library. */
const SCHEMA = '../../schema/vector.schema.json';

/** Gives an id to each vector that has none yet: changes its id and the name of its file. Returns the new files. */
export function giveIds(files: readonly VectorFile[]): string[] {
	const ids = freeIds();
	return files
		.filter(({ vector }) => vector.id === NO_ID)
		.map(({ source: { file } }) => {
			const id = ids.next().value;
			const named = join(dirname(file), `${id}.yaml`);
			const text = readFileSync(file, 'utf8')
				.replace(/^id: .*$/m, `id: ${id}`)
				.replace(/^(# yaml-language-server: \$schema=).*$/m, `$1${SCHEMA}`);
			writeFileSync(named, text, { flag: 'wx' });
			rmSync(file);
			return named;
		});
}
