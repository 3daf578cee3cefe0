// SPDX-License-Identifier: MIT
/** The ledger: every id ever used, with a fingerprint of its meaning, so that an id is safe to cite. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../schema/types/ledger';
import type { Diagnostic } from './diagnostic';
import { InvalidFile } from './diagnostic';
import { fingerprint } from './fingerprint';
import type { VectorFile } from './load';
import { validator } from './schemas';
import { validate } from './validate';
import { YamlSource } from './yaml-source';

export const ledgerName = 'ledger.yaml';

/** Reads the ledger of a folder; throws InvalidFile. */
export function readLedger(folder: string): { source: YamlSource; ledger: Ledger } {
	const source = YamlSource.read(join(folder, ledgerName));
	const diagnostics = validate(source, validator('ledger'));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return { source, ledger: source.data as Ledger };
}

/** Reports where the ledger and the vectors disagree. */
export function* ledgerDiagnostics(
	source: YamlSource,
	ledger: Ledger,
	files: readonly VectorFile[],
): Generator<Diagnostic> {
	const byId = new Map(files.map((file) => [file.vector.id, file]));
	for (const { source: file, vector } of files) {
		const entry = ledger.ids[vector.id];
		if (!entry) {
			yield file.diagnose(['id'], {
				code: 'E_LEDGER',
				message: `${vector.id} is not in the ledger`,
				hint: 'If the id is new, record it: dax-vectors lint --record.',
			});
			continue;
		}
		if (entry.status === 'retired' && vector.status !== 'retired')
			yield file.diagnose(['status'], {
				code: 'E_LEDGER',
				message: `${vector.id} was retired: a retired id is never used again`,
				hint: 'Give the vector a new id, and keep the tombstone.',
			});
		else if (entry.status !== vector.status)
			yield source.diagnose(['ids', vector.id, 'status'], {
				code: 'E_LEDGER',
				message: `the ledger says ${entry.status}, ${vector.id} says ${vector.status}`,
				hint: 'If upstream has settled the question, change the status in the ledger too.',
			});
		if (vector.status !== 'retired' && entry.fingerprint !== fingerprint(vector))
			yield file.diagnose(['id'], {
				code: 'E_LEDGER',
				message: `${vector.id} has changed its meaning since ${entry.since}`,
				hint: 'Undo the change, or retire this vector and state the new meaning under a new id.',
			});
	}
	for (const id of Object.keys(ledger.ids))
		if (!byId.has(id))
			yield source.diagnose(['ids', id], {
				code: 'E_LEDGER',
				message: `${id} has no file`,
				hint: 'Restore it. To give up a vector, keep its file with status retired.',
				at: 'key',
			});
}

/** Adds new ids to the ledger and returns them; never changes an entry. */
export function record(folder: string, files: readonly VectorFile[], version: string): string[] {
	const file = join(folder, ledgerName);
	const text = existsSync(file)
		? readFileSync(file, 'utf8')
		: '# yaml-language-server: $schema=../schema/ledger.schema.json\n# SPDX-License-Identifier: MIT\nformat: 1\nids: {}\n';
	// Only this function needs the package, which takes long to load.
	const { parseDocument } = require('yaml') as typeof import('yaml');
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
