// SPDX-License-Identifier: MIT
/** Cuts a litmus test into words. Comments go, but for the Result that the first one may state. */
import { LitmusError } from './error';
import type { Position } from './syntax';

export interface Token extends Position {
	readonly text: string;
	/** quote: "..." after the name of a test. */
	readonly kind: 'name' | 'number' | 'sign' | 'quote' | 'end';
}

export interface Words {
	/** What stands after the C of the first line. */
	readonly name: string;
	readonly result: string | null;
	readonly tokens: readonly Token[];
}

const PATTERNS: readonly [Token['kind'] | 'nothing', RegExp][] = [
	['nothing', /[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
	['quote', /"[^"\n]*"/y],
	['number', /\d+/y],
	['name', /[A-Za-z_]\w*/y],
	['sign', /\/\\|\\\/|==|!=|<=|>=|&&|\|\||[-+*&|^=<>!~(){}[\],;:]/y],
];

/** Outside of the processes only: within, READ_ONCE(*x) has its first two characters. */
const COMMENT = /\(\*[\s\S]*?\*\)/y;

export function lex(file: string, source: string): Words {
	const head = /^\s*C[ \t]+([^\s"]+)[ \t]*\r?\n/.exec(source);
	if (!head)
		throw new LitmusError(file, { line: 1, column: 1 }, 'a C litmus test begins with "C NAME"');
	const tokens: Token[] = [];
	let at = head[0].length;
	let line = head[0].split('\n').length;
	let start = at;
	/** Braces that are open. */
	let depth = 0;
	let inProcesses = false;
	while (at < source.length) {
		const position = { line, column: at - start + 1 };
		const found = match(source, at, !(inProcesses && depth > 0));
		if (!found)
			throw new LitmusError(
				file,
				position,
				`no litmus test has ${JSON.stringify(source[at])} here`,
			);
		const { kind, text } = found;
		if (text === '{') depth++;
		if (text === '}') depth--;
		inProcesses ||= kind === 'name' && text === 'P0';
		if (kind !== 'nothing') tokens.push({ kind, text, ...position });
		at += text.length;
		const lines = text.split('\n');
		line += lines.length - 1;
		if (lines.length > 1) start = at - lines.at(-1)!.length;
	}
	tokens.push({ kind: 'end', text: 'the end', line, column: at - start + 1 });
	const [, result] = /\bResult: *(\w+)/.exec(source) ?? [];
	return { name: head[1]!, result: result ?? null, tokens };
}

function match(
	source: string,
	at: number,
	comments: boolean,
): { kind: Token['kind'] | 'nothing'; text: string } | null {
	if (comments) {
		COMMENT.lastIndex = at;
		const [text] = COMMENT.exec(source) ?? [];
		if (text !== undefined) return { kind: 'nothing', text };
	}
	for (const [kind, pattern] of PATTERNS) {
		pattern.lastIndex = at;
		const [text] = pattern.exec(source) ?? [];
		if (text !== undefined) return { kind, text };
	}
	return null;
}
