// SPDX-License-Identifier: MIT
/** Ids that nobody has used: after the highest that was ever given out, recorded or not. A gap is never filled. */
import { existsSync, readdirSync } from 'node:fs';
import { UserError } from '../text/user-error';
import { readLedger } from './ledger';
import { libraryFolder } from './load';

/** The first ones after all that the ledger knows and all that stand in the folders; throws InvalidFile, UserError. */
export function* freeIds(...folders: readonly string[]): Generator<string, never> {
	const known = Object.keys(readLedger(libraryFolder).ledger.ids);
	const own = readdirSync(libraryFolder, { recursive: true }).map(String);
	const others = folders.filter(existsSync).flatMap((folder) => readdirSync(folder));
	const taken = [...known, ...own, ...others].flatMap((name) =>
		[...name.matchAll(/DAXV-(\d{4})(?=\.ya?ml$|$)/g)].map(([, number]) => Number(number)),
	);
	for (let next = Math.max(0, ...taken) + 1; next <= 9999; next++)
		yield `DAXV-${String(next).padStart(4, '0')}`;
	throw new UserError('every id up to DAXV-9999 is taken: the format needs a digit');
}
