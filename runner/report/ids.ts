// SPDX-License-Identifier: MIT
import type { Result } from '../../schema/types/report';
import { printable } from '../text/printable';

/** Ids of vectors in a sentence, the first one in full: "DAXV-0001, 0002, 0056". */
export const idList = (ids: readonly string[]): string =>
	[...new Set(ids)].map((id, index) => printable(index === 0 ? id : shortId(id))).join(', ');

/** 0001 for DAXV-0001. */
export const shortId = (id: string): string => printable(id.replace(/^DAXV-/, ''));

/** Vectors of results, each once, ascending. */
export const vectorsOf = (results: readonly Result[]): string[] =>
	[...new Set(results.map(({ vector }) => vector))].sort();

/** Groups by a key, in the order in which the keys first occur. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
	return groups;
}
