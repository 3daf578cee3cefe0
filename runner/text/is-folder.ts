// SPDX-License-Identifier: MIT
import { statSync } from 'node:fs';

/** True for a word that can only be a path, or that names a folder; a revision may follow, as in linux@v6.12. */
export const isFolder = (word: string): boolean =>
	/^(\.{1,2}$|\.{0,2}\/)/.test(word) ||
	(statSync(word.replace(/@[^@]*$/, ''), { throwIfNoEntry: false })?.isDirectory() ?? false);
