// SPDX-License-Identifier: MIT
/** A version of the library to compare: a folder of vectors, or what export --json wrote of one. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Export } from '../../schema/types/export';
import { UserError } from '../text/user-error';
import { exported } from './export';
import { ledgerName } from './ledger';
import { openLibrary } from './library';
import { validator } from './schemas';

export const isFolder = (file: string): boolean =>
	statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A folder of vectors, or a checkout that has one; throws UserError. */
export async function readFolder(folder: string): Promise<Export> {
	const found = [folder, join(folder, 'vectors')].find((each) =>
		existsSync(join(each, ledgerName)),
	);
	if (!found) throw new UserError(`${folder}: no ledger.yaml: name a folder of vectors`);
	return exported(await openLibrary(found));
}

/** Undefined where the bytes want to be something else; throws UserError where they are a broken export. */
export function readExport(file: string, bytes: Buffer): Export | undefined {
	const data = parse(bytes);
	if (data === null || typeof data !== 'object' || !('cases' in data)) return undefined;
	const valid = validator('export');
	if (valid(data)) return data as Export;
	const [error] = valid.errors!;
	const where = error!.instancePath;
	throw new UserError(
		`${file}: no export of this version: ${where} ${error!.message}: write it again, or compare folders`,
	);
}

function parse(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		return null;
	}
}
