// SPDX-License-Identifier: MIT
/** Ids that nobody has used. */
import { existsSync, readdirSync } from 'node:fs';
import { readLedger } from '../vector/ledger';
import { libraryFolder } from '../vector/load';

/** The first of the ids after all that the ledger knows and all that stand in a folder. */
export function* freeIds(folder: string): Generator<string> {
	const files = existsSync(folder) ? readdirSync(folder) : [];
	const known = [...Object.keys(readLedger(libraryFolder).ledger.ids), ...files];
	const numbers = known.flatMap((name) => /^DAXV-(\d{4})/.exec(name)?.[1] ?? []);
	for (let next = Math.max(0, ...numbers.map(Number)) + 1; next < 10_000; next++)
		yield `DAXV-${String(next).padStart(4, '0')}`;
}
