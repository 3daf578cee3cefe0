// SPDX-License-Identifier: MIT
/** The next id: one after the highest that was ever given out, recorded or not. A gap is never filled. */
import { readdirSync } from 'node:fs';
import { UserError } from '../user-error';
import { readLedger } from '../vector/ledger';

/** Throws RefusedError when the ledger cannot be read. */
export function nextId(folder: string): string {
	const { ledger } = readLedger(folder);
	const files = readdirSync(folder, { recursive: true }).map(String);
	const taken = [...Object.keys(ledger.ids), ...files].flatMap((name) =>
		[...name.matchAll(/DAXV-(\d{4})(?=\.ya?ml$|$)/g)].map(([, number]) => Number(number)),
	);
	const next = Math.max(0, ...taken) + 1;
	if (next > 9999)
		throw new UserError('every id up to DAXV-9999 is taken: the format needs a digit');
	return `DAXV-${String(next).padStart(4, '0')}`;
}
