// SPDX-License-Identifier: MIT
/**
 * Refuses a tree that has the compiler read files from elsewhere: their text could reach a message or, as data of the
 * object, a verdict.
 */
import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { notRun } from '../unavailable';

/** Directives that read a file, or tell whether it exists, and that the compiler does not list. */
const UNLISTED = /(?:#|%:)(?:\s|\/\*[\s\S]*?\*\/)*embed\b|__has_(?:include|embed)\w*/;

/** Directives of the assembler that read a file, or build the name of a directive; and libraries that a linker reads. */
const ASSEMBLY = /\.(?:incbin|include|macro|altmacro|irpc?|mri)\b|\.deplibs\b/i;

/** A line of the option -H: a dot for each level, and the path of a header. */
const HEADER = /^(?:\.+|[!x]) (.+)$/;

export class ForeignFiles {
	/** Folders whose files a tree may include, with all links resolved. */
	private readonly roots: readonly string[];

	constructor(private readonly given: readonly string[]) {
		this.roots = given.map((folder) => realpathSync(folder));
	}

	/** Throws Unavailable for a directive that -H does not report. */
	checkSources(files: ReadonlyMap<string, string>): void {
		for (const [path, text] of files) {
			const found = UNLISTED.exec(text.replace(/\\\s*\n/g, ''))?.[0];
			if (found === undefined) continue;
			const word = found.startsWith('__') ? found : '#embed';
			throw notRun(`${path} has ${word}, which depends on files that are not compiled: remove it`);
		}
	}

	/** Throws Unavailable for a header from elsewhere; gives the compiler's other messages. */
	checkHeaders(messages: string): string {
		// The path of a folder may have line breaks.
		const lines = this.given
			.reduce((text, folder, index) => text.replaceAll(`${folder}/`, `${mark(index)}/`), messages)
			.split('\n');
		for (const line of lines) {
			const [, path] = HEADER.exec(line) ?? [];
			if (path !== undefined && !this.isWithin(this.unmarked(path)))
				throw notRun(
					`the tree includes ${this.unmarked(path)}, which is not a file of the tree: copy what it needs into the tree`,
				);
		}
		return this.unmarked(lines.filter((line) => !HEADER.test(line)).join('\n'));
	}

	/** Throws Unavailable for assembly text that reads a file. */
	checkAssembly(text: string): void {
		const [found] = ASSEMBLY.exec(text) ?? [];
		if (found !== undefined)
			throw notRun(`the tree has ${found} in inline assembly, which may read any file: remove it`);
	}

	private isWithin(path: string): boolean {
		try {
			const real = realpathSync(path);
			return this.roots.some((root) => !relative(root, real).startsWith('..'));
		} catch {
			return false;
		}
	}

	private unmarked(text: string): string {
		return this.given.reduce(
			(rest, folder, index) => rest.replaceAll(`${mark(index)}/`, `${folder}/`),
			text,
		);
	}
}

/** Stands for a folder: no path has a NUL. */
const mark = (index: number): string => `\0${index}`;
