// SPDX-License-Identifier: MIT
/** Finds definitions of functions in C of the kernel's style, and replaces their bodies. */

export interface FunctionText {
	readonly name: string;
	/** Text between the parentheses. */
	readonly parameters: string;
	readonly isStatic: boolean;
	/** Numbers of lines from 1: the first of the head, of the opening brace and of the closing brace. */
	readonly head: number;
	readonly open: number;
	readonly close: number;
}

/** Replaces comments by spaces; lines keep their numbers. */
export const withoutComments = (source: string): string =>
	source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]+/g, ' '));

/** The functions that a file defines: a head that starts in the first column, and the braces of a body. */
export function functionsIn(source: string): FunctionText[] {
	const text = withoutComments(source);
	const lineAt = (index: number): number => text.slice(0, index).split('\n').length;
	const HEAD = /^(?!#)(\w[^;{}()=#]*?)\b(\w+)\s*\(([^;{}=]*?)\)[\s\w]*(\{)/gm;
	return [...text.matchAll(HEAD)].flatMap((match) => {
		const [whole, before = '', name = '', parameters = ''] = match;
		const open = match.index + whole.length - 1;
		const close = endOf(text, open);
		if (close === undefined) return [];
		const [head, first, last] = [match.index, open, close].map(lineAt) as [number, number, number];
		return [
			{ name, parameters, isStatic: /\bstatic\b/.test(before), head, open: first, close: last },
		];
	});
}

/** The index of the brace that closes a body: one in the first column, or one on the line of the opening brace. */
function endOf(text: string, open: number): number | undefined {
	const eol = text.indexOf('\n', open);
	const line = text.slice(open, eol < 0 ? text.length : eol);
	if (/\}\s*$/.test(line)) return open + line.lastIndexOf('}');
	const close = text.indexOf('\n}', open);
	return close < 0 ? undefined : close + 1;
}

/** The text of a function's body. */
export const bodyOf = (source: string, { open, close }: FunctionText): string =>
	withoutComments(source)
		.split('\n')
		.slice(open - 1, close)
		.join('\n');

/** Replaces the body of a function by one statement on a given line. All lines keep their numbers. */
export function withBody(
	source: string,
	{ open, close }: FunctionText,
	line: number,
	statement: string,
): string {
	const lines = source.split('\n');
	const head = lines[open - 1] ?? '';
	const body = Array.from({ length: close - open + 1 }, () => '');
	body[0] = head.slice(0, head.indexOf('{', head.lastIndexOf(')')) + 1);
	const at = Math.min(Math.max(line, open), close) - open;
	body[at] = `${body[at] ?? ''} ${statement}`;
	body[body.length - 1] += ' }';
	return [...lines.slice(0, open - 1), ...body, ...lines.slice(close)].join('\n');
}
