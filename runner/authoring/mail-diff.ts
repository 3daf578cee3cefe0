// SPDX-License-Identifier: MIT
/** Functions and calls that the changed lines of a diff touch; hunk headers and context only say where a line is. */

export interface DiffChanges {
	/** Functions whose body or signature has a changed line, in the order of the diff. */
	readonly functions: readonly string[];
	/** Changed lines of code, without comments. */
	readonly code: readonly string[];
	/** Function of the last line; undefined outside of functions. */
	readonly last: string | undefined;
}

const HUNK = /^@@ [^@]{1,80} @@ ?(.{0,200})/;
const COMMENT = /^\s*(?:\*|\/\*|\/\/)/;
/** Macros at file level that look like functions. */
const MACRO = /^(?:[A-Z][A-Z0-9_]+|module_\w+|subsys_initcall)\s*\(/;
const DEFINITION = /^(?:[A-Za-z_][\w\s*]*?[\s*])?([A-Za-z_]\w*)\s*\([^;]*$/;
const KEYWORDS = /^(?:if|for|while|switch|return|sizeof)$/;

/** Characters of a line that are read. */
const MAX_COLUMNS = 400;

/** Reads a diff, or a quoted part of one. */
export function changesIn(diff: readonly string[]): DiffChanges {
	const functions = new Set<string>();
	const code: string[] = [];
	let current: string | undefined;
	let isCode = true;
	for (const whole of diff) {
		const line = whole.slice(0, MAX_COLUMNS);
		const [, file] = /^\+\+\+ (?:b\/)?(\S+)/.exec(line) ?? [];
		if (file !== undefined) isCode = /\.[ch]$/.test(file);
		const [, context] = HUNK.exec(line) ?? [];
		if (context !== undefined) current = functionAt(context, undefined);
		if (context !== undefined || !/^[ +-]/.test(line) || /^(?:---|\+\+\+) /.test(line)) continue;
		const text = line.slice(1);
		current = functionAt(text, current);
		if (isCode && line[0] !== ' ' && text.trim() !== '' && !COMMENT.test(text)) {
			code.push(text.replace(/\/\*.*?(?:\*\/|$)/g, ''));
			if (current !== undefined) functions.add(current);
		}
		if (text.startsWith('}')) current = undefined;
	}
	return { functions: [...functions], code, last: current };
}

/** Function that holds a line. Only lines that begin in the first column begin or end one. */
function functionAt(line: string, current: string | undefined): string | undefined {
	if (/^(?:[\s#/*{}]|$)/.test(line) || /^\w+:$/.test(line)) return current;
	const [, name] = DEFINITION.exec(line) ?? [];
	return name === undefined || MACRO.test(line) || KEYWORDS.test(name) ? undefined : name;
}
