// SPDX-License-Identifier: MIT
import { statSync } from 'node:fs';

/** True for a word that can only be a path, or that names a folder. */
export const isFolder = (word: string): boolean =>
	/^(\.{1,2}$|\.{0,2}\/)/.test(word) ||
	(statSync(word, { throwIfNoEntry: false })?.isDirectory() ?? false);
