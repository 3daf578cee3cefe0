// SPDX-License-Identifier: MIT
/** Makes trees for tests: copies of Debian's with edits. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Replaces a text that occurs exactly once in a file, or in one function of super.c. */
export interface Edit {
	/** The file; default: drivers/dax/super.c */
	readonly file?: string;
	/** The function; default: the whole file. */
	readonly in?: string;
	readonly from: string;
	readonly to: string;
}

export const SUPER = 'drivers/dax/super.c';

/** Copies the files of a tree into a folder and applies edits; gives the folder. */
export function editedTree(tree: string, folder: string, edits: readonly Edit[]): string {
	for (const part of ['drivers/dax', 'include/linux']) {
		mkdirSync(dirname(join(folder, part)), { recursive: true });
		cpSync(join(tree, part), join(folder, part), { recursive: true });
	}
	for (const edit of edits) {
		const path = join(folder, edit.file ?? SUPER);
		writeFileSync(path, apply(readFileSync(path, 'utf8'), edit));
	}
	return folder;
}

export function apply(text: string, { in: name, from, to }: Edit): string {
	const [start, end] = name === undefined ? [0, text.length] : bounds(text, name);
	const at = text.indexOf(from, start);
	if (at < 0 || at + from.length > end)
		throw new Error(`${name ?? 'the file'} has no "${from}": adapt the edit`);
	const again = text.indexOf(from, at + 1);
	if (again >= 0 && again + from.length <= end)
		throw new Error(`${name ?? 'the file'} has "${from}" twice: adapt the edit`);
	return text.slice(0, at) + to + text.slice(at + from.length);
}

/** Begin and end of a function's definition in a text. */
function bounds(text: string, name: string): [number, number] {
	const start = text.search(new RegExp(`^\\w[^\\n;]*\\b${name}\\([^;{]*\\)\\s*\\{`, 'm'));
	if (start < 0) throw new Error(`there is no ${name}(): adapt the edit`);
	return [start, text.indexOf('\n}', start) + 2];
}
