// SPDX-License-Identifier: MIT
/** Vectors that commit messages cite. */

import type { VectorFile } from '../library/load';
import { version } from '../text/package-root';
import type { Commit } from './git';

/** Extended regular expression of git for everything that may be meant as an id. */
export const CITATION = 'DAXV-[0-9A-Za-z]';

export interface Citation {
	/** As written in the message, even where it is not an id. */
	readonly id: string;
	/** URLs that name it. */
	readonly links: readonly string[];
	/** Undefined for an id that the library does not have. */
	readonly file: VectorFile | undefined;
}

export interface CitingCommit {
	readonly commit: Commit;
	readonly citations: readonly Citation[];
}

/** Commits that cite a vector, each with its citations in the order of its message. */
export function citationsIn(
	commits: readonly Commit[],
	files: readonly VectorFile[],
): CitingCommit[] {
	const known = new Map(files.map((file) => [file.vector.id, file]));
	return commits.flatMap((commit) => {
		const links = new Map<string, Set<string>>();
		for (const { groups } of commit.message.matchAll(
			/(?<url>https?:\/\/[^\s<>"]*)?\b(?<id>DAXV-[0-9A-Za-z]+)/g,
		)) {
			const { url, id = '' } = groups ?? {};
			const all = links.get(id) ?? new Set();
			links.set(id, url === undefined ? all : all.add(`${url}${id}`));
		}
		const citations = [...links].map(([id, all]) => ({
			id,
			links: [...all],
			file: known.get(id),
		}));
		return citations.length > 0 ? [{ commit, citations }] : [];
	});
}

/** Title and status of a cited vector in this version of the library. */
export function stateOf({ file }: Citation): string {
	if (!file) return `unknown: dax-vectors ${version} has no such vector`;
	const { vector } = file;
	const { title, status } = vector;
	if (vector.status !== 'retired') return status === 'open' ? `${title} (open, not scored)` : title;
	const next = vector.retired['replaced-by'];
	return `retired: ${vector.retired.reason}${next === undefined ? '' : `; see ${next}`}`;
}
