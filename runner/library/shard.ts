// SPDX-License-Identifier: MIT
/** Splits the library among machines. The id alone decides the shard of a vector, so that other vectors do not move it. */

import type { Shard } from '../../schema/types/report';
import { sha256 } from '../text/sha256';
import type { Case } from './compile';

/** Parses "2/3", the second of three shards; returns undefined if the text has another form. */
export function parseShard(text: string): Shard | undefined {
	const [, index, of] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
	if (index === undefined || Number(index) > Number(of)) return undefined;
	return { index: Number(index), of: Number(of) };
}

/** Returns whether a vector, by its id, is in a shard. */
export function inShard({ index, of }: Shard, vector: string): boolean {
	const hash = sha256(vector).readUInt32BE(0);
	return hash % of === index - 1;
}

/** Fingerprints that the build computed. */
const known = new WeakMap<readonly Case[], string>();

/** Takes a fingerprint from the build: to compute it compiles every case. */
export function knowFingerprint(cases: readonly Case[], fingerprint: string): void {
	known.set(cases, fingerprint);
}

/** Hashes all programs and expectations, so that reports of different libraries are not merged. */
export function libraryFingerprint(cases: readonly Case[]): string {
	return known.get(cases) ?? computedFingerprint(cases);
}

function computedFingerprint(cases: readonly Case[]): string {
	const lines = cases.map(
		({ id, fingerprint, vector }) => `${id} ${fingerprint} ${JSON.stringify(vector)}\n`,
	);
	return sha256(lines.join('')).toString('hex').slice(0, 16);
}
