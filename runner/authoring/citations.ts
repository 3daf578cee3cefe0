// SPDX-License-Identifier: MIT
/** The vectors that commit messages cite. */

import type { VectorFile } from '../library/load';
import { version } from '../text/package-root';
import type { Commit } from './git';

/** As an extended regular expression of git's: whatever may be meant as an id. */
export const CITATION = 'DAXV-[0-9A-Za-z]';

export interface Citation {
	/** As it is written, which may be no id. */
	readonly id: string;
	/** Addresses that name it. */
	readonly links: readonly string[];
	readonly file: VectorFile | undefined;
}

export interface CitingCommit {
	readonly commit: Commit;
	readonly citations: readonly Citation[];
}

/** What each commit cites, in the order of its message. */
export function citationsIn(
	commits: readonly Commit[],
	files: readonly VectorFile[],
): CitingCommit[] {
	const known = new Map(files.map((file) => [file.vector.id, file]));
	return commits.flatMap((commit) => {
		const links = new Map<string, Set<string>>();
		for (const [address, before, id] of commit.message.matchAll(
			/(https?:\/\/[^\s<>"]*)?\b(DAXV-[0-9A-Za-z]+)/g,
		)) {
			const all = links.get(id!) ?? new Set();
			links.set(id!, before === undefined ? all : all.add(address));
		}
		const citations = [...links].map(([id, all]) => ({
			id,
			links: [...all],
			file: known.get(id),
		}));
		return citations.length > 0 ? [{ commit, citations }] : [];
	});
}

/** What a cited id is today. */
export function standingOf({ file }: Citation): string {
	if (!file) return `unknown: dax-vectors ${version} has no such vector`;
	const { vector } = file;
	const { title, status } = vector;
	if (vector.status !== 'retired') return status === 'open' ? `${title} (open, not scored)` : title;
	const next = vector.retired['replaced-by'];
	return `retired: ${vector.retired.reason}${next === undefined ? '' : `; see ${next}`}`;
}
