// SPDX-License-Identifier: MIT
/** Tells without reading a file that it is the one that the build read. */
import { statSync } from 'node:fs';
import { relative } from 'node:path';

/** Two changes of a file within this time can get the same ctime, which counts in ticks of the kernel. */
const TICK_MS = 100;

/**
 * Differs after each change of the file, because the kernel sets ctime itself; also in a copy. Null for a file that is not
 * there or changed just now.
 */
export function signatureOf(file: string): string | null {
	const stat = statSync(file, { throwIfNoEntry: false });
	if (!stat || Math.abs(Date.now() - stat.ctimeMs) < TICK_MS) return null;
	return `${stat.size} ${stat.ino} ${stat.ctimeMs}`;
}

/** Signatures by path; null for a file that has none. */
export type Signatures = Readonly<Record<string, string | null>>;

/** Signatures of files by their paths from the root. */
export const signaturesOf = (root: string, files: readonly string[]): Signatures =>
	Object.fromEntries(files.map((file) => [relative(root, file), signatureOf(file)]));

/** Returns whether all files are the same; paths begin at the root. */
export const areCurrent = (root: string, signatures: Signatures): boolean =>
	Object.entries(signatures).every(
		([path, signature]) => signature !== null && signatureOf(`${root}/${path}`) === signature,
	);
