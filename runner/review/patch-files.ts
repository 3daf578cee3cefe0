// SPDX-License-Identifier: MIT
/** Lists the files that a patch changes, as git reads it, and those that it moves. */
import { runGit, withoutRepository } from '../../implementations/system/git';
import { TREE_PATHS } from '../registry/trees';

export interface PatchFile {
	readonly path: string;
	/** Lines added and removed; undefined for a binary file. */
	readonly lines: number | undefined;
}

export interface PatchFiles {
	/** Files of drivers/dax and the headers that are compiled. */
	readonly inScope: readonly PatchFile[];
	/** Every other file. */
	readonly outside: readonly PatchFile[];
	/** Files that are renamed or copied: from, to. */
	readonly moves: readonly (readonly [string, string])[];
}

/** True for a path that a scratch folder holds. */
export const isInScope = (path: string): boolean =>
	TREE_PATHS.some((each) => path === each || path.startsWith(`${each}/`));

/** True if a patch seems to change a file of the scratch folder: a quick look, without git. */
export const touchesScope = (patch: Buffer): boolean =>
	/^(?:\+\+\+ b\/|--- a\/|rename (?:from|to) |diff --git a\/)(?:drivers\/dax\/|include\/linux\/(?:dax|kconfig)\.h)/m.test(
		patch.toString('latin1'),
	);

/** Gives the files, or the message of git for a patch that it cannot read. */
export function filesOfPatch(patch: Buffer, folder: string): PatchFiles | { error: string } {
	if (patch.length === 0) return { inScope: [], outside: [], moves: [] };
	const env = withoutRepository(folder);
	const { status, stdout, stderr } = runGit(folder, ['apply', '--numstat', '-z', '-'], {
		input: patch,
		env,
	});
	if (status !== 0) return { error: stderr };
	const files = stdout
		.toString('utf8')
		.split('\0')
		.flatMap((entry): PatchFile[] => {
			const [, added, removed, path] = /^(\d+|-)\t(\d+|-)\t(.+)$/s.exec(entry) ?? [];
			if (path === undefined) return [];
			return [{ path, lines: added === '-' ? undefined : Number(added) + Number(removed) }];
		});
	const moved = /^(?:rename|copy) from (.+)\n(?:rename|copy) to (.+)$/gm;
	const moves = [...patch.toString('utf8').matchAll(moved)].map(
		([, from = '', to = '']) => [from, to] as const,
	);
	return {
		inScope: files.filter(({ path }) => isInScope(path)),
		outside: files.filter(({ path }) => !isInScope(path)),
		moves,
	};
}
