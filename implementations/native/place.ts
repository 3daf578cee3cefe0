// SPDX-License-Identifier: MIT
/** Resolves what follows "native:" in an address: the path of a tree, or LINUX@REV. */
import { resolve } from 'node:path';
import { SUPER } from './probe';
import { describeRevision, revisionOf } from './revision';
import { resolveRevision, revisionFolder, splitAddress } from './revision-files';

export interface Place {
	/** Folder with the files that are compiled. */
	readonly folder: string;
	/** One line for people. */
	readonly description: string;
	/** States which revision of the kernel the tree is. */
	revision(): string;
}

/** The tree at a path, or that of a commit of a repository. Throws Unavailable. */
export function placeOf(path: string): Place {
	const split = splitAddress(path);
	if (!split) {
		const folder = resolve(path);
		const description = `${folder}/${SUPER} in user space`;
		return { folder, description, revision: () => revisionOf(path) };
	}
	const revision = resolveRevision(split.repository, split.name);
	const folder = revisionFolder(revision);
	return {
		folder,
		description: `${SUPER} of ${revision.name} in ${resolve(split.repository)}, in user space`,
		revision: () => describeRevision(revision, folder),
	};
}
