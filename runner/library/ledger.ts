// SPDX-License-Identifier: MIT
/** The ledger: every id ever given out, with a fingerprint of its meaning. It is what makes an id safe to cite. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Ledger } from '../../schema/types/ledger';
import type { Diagnostic } from './diagnostic';
import { InvalidFile } from './diagnostic';
import { fingerprint } from './fingerprint';
import type { VectorFile } from './load';
import { validator } from './schemas';
import { validate } from './validate';
import { Source } from './yaml-source';

export const ledgerName = 'ledger.yaml';

/** Throws InvalidFile. */
export function readLedger(folder: string): { source: Source; ledger: Ledger } {
	const source = Source.read(join(folder, ledgerName));
	const diagnostics = validate(source, validator('ledger'));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return { source, ledger: source.data as Ledger };
}

/** Where the ledger and the vectors disagree. */
export function* ledgerDiagnostics(
	source: Source,
	ledger: Ledger,
	files: readonly VectorFile[],
): Generator<Diagnostic> {
	const byId = new Map(files.map((file) => [file.vector.id, file]));
	for (const { source: file, vector } of files) {
		const entry = ledger.ids[vector.id];
		if (!entry) {
			yield file.at(
				['id'],
				'E_LEDGER',
				`${vector.id} is not in the ledger`,
				'If the id is new, record it: dax-vectors lint --record.',
			);
			continue;
		}
		if (entry.status === 'retired' && vector.status !== 'retired')
			yield file.at(
				['status'],
				'E_LEDGER',
				`${vector.id} was retired: its id is never used again`,
				'Give the vector a new id, and keep the tombstone.',
			);
		else if (entry.status !== vector.status)
			yield source.at(
				['ids', vector.id, 'status'],
				'E_LEDGER',
				`the ledger says ${entry.status}, ${vector.id} says ${vector.status}`,
				'If upstream has settled it, change the ledger along with the vector.',
			);
		if (vector.status !== 'retired' && entry.fingerprint !== fingerprint(vector))
			yield file.at(
				['id'],
				'E_LEDGER',
				`${vector.id} has changed its meaning since ${entry.since}`,
				'Undo the change, or retire this vector and state the new meaning under a new id.',
			);
	}
	for (const id of Object.keys(ledger.ids))
		if (!byId.has(id))
			yield source.at(
				['ids', id],
				'E_LEDGER',
				`${id} has no file`,
				'Restore it; a vector that is no longer wanted stays as a tombstone with status retired.',
				'key',
			);
}

/** Adds the ids that are not in the ledger yet, never changing one that is; gives them. */
export function record(folder: string, files: readonly VectorFile[], version: string): string[] {
	const file = join(folder, ledgerName);
	const text = existsSync(file)
		? readFileSync(file, 'utf8')
		: '# yaml-language-server: $schema=../schema/ledger.schema.json\n# SPDX-License-Identifier: MIT\nformat: 1\nids: {}\n';
	const document = parseDocument(text);
	const added: string[] = [];
	for (const { vector } of files) {
		if (document.hasIn(['ids', vector.id])) continue;
		const entry = { fingerprint: fingerprint(vector), since: version, status: vector.status };
		document.setIn(['ids', vector.id], document.createNode(entry, { flow: true }));
		added.push(vector.id);
	}
	const ids = document.get('ids') as unknown as { flow?: boolean };
	ids.flow = false;
	if (added.length > 0)
		writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
	return added;
}
