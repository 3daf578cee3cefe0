// SPDX-License-Identifier: MIT
/**
 * Parts of the library for several machines. A vector's part is decided by its id alone, so that it stays where it is
 * as others come and go.
 */
import { createHash } from 'node:crypto';
import type { Shard } from '../../schema/types/report';
import type { Case } from './compile';

/** Such as "2/3": the second of three. undefined where it is not of that form. */
export function parseShard(text: string): Shard | undefined {
	const [, index, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
	if (index === undefined || Number(index) > Number(of)) return undefined;
	return { index: Number(index), of: Number(of) };
}

/** Is a vector, by its id, in a shard? */
export function inShard({ index, of }: Shard, vector: string): boolean {
	const hash = createHash('sha256').update(vector).digest().readUInt32BE(0);
	return hash % of === index - 1;
}

/** A hash of everything that is run and judged: reports of other libraries are not to be joined. */
export function libraryFingerprint(cases: readonly Case[]): string {
	const hash = createHash('sha256');
	for (const { id, fingerprint, vector } of cases)
		hash.update(`${id} ${fingerprint} ${JSON.stringify(vector)}\n`);
	return hash.digest('hex').slice(0, 16);
}
