// SPDX-License-Identifier: MIT
/** Splits the library among machines. The id alone decides the shard of a vector, so that other vectors do not move it. */
import { createHash } from 'node:crypto';
import type { Shard } from '../../schema/types/report';
import type { Case } from './compile';

/** Parses "2/3", the second of three shards; returns undefined if the text has another form. */
export function parseShard(text: string): Shard | undefined {
	const [, index, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
	if (index === undefined || Number(index) > Number(of)) return undefined;
	return { index: Number(index), of: Number(of) };
}

/** Returns whether a vector, by its id, is in a shard. */
export function inShard({ index, of }: Shard, vector: string): boolean {
	const hash = createHash('sha256').update(vector).digest().readUInt32BE(0);
	return hash % of === index - 1;
}

/** Hashes all programs and expectations, so that reports of different libraries are not merged. */
export function libraryFingerprint(cases: readonly Case[]): string {
	const hash = createHash('sha256');
	for (const { id, fingerprint, vector } of cases)
		hash.update(`${id} ${fingerprint} ${JSON.stringify(vector)}\n`);
	return hash.digest('hex').slice(0, 16);
}
