// SPDX-License-Identifier: MIT
/** Splits a litmus test into tokens. Comments are dropped; the first one may state a Result. */
import type { Source } from './source';

export interface Token {
	readonly text: string;
	/** quote: a text in "...", which may follow the name of a test. */
	readonly kind: 'name' | 'number' | 'sign' | 'quote' | 'end';
	/** Offset in the source. */
	readonly at: number;
}

export interface Tokens {
	/** The word after the C of the first line. */
	readonly name: string;
	readonly result: string | null;
	readonly tokens: readonly Token[];
}

const PATTERNS: readonly [Token['kind'] | 'blank', RegExp][] = [
	['blank', /[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
	['quote', /"[^"\n]*"/y],
	['number', /\d+/y],
	['name', /[A-Za-z_]\w*/y],
	['sign', /\/\\|\\\/|==|!=|<=|>=|&&|\|\||[-+*&|^=<>!~(){}[\],;:]/y],
];

/** A comment of herd7, outside of processes only: inside of one, (* begins READ_ONCE(*x). */
const COMMENT = /\(\*[\s\S]*?\*\)/y;

export function lex(source: Source): Tokens {
	const { text } = source;
	const [head, name] = /^\s*C[ \t]+([^\s"]+)[ \t]*\r?\n/.exec(text) ?? [];
	if (head === undefined || name === undefined)
		return source.fail(0, 'a C litmus test begins with "C NAME"');
	const tokens: Token[] = [];
	let openBraces = 0;
	let inProcesses = false;
	for (let at = head.length; at < text.length; ) {
		const found = match(text, at, !(inProcesses && openBraces > 0));
		if (!found) return source.fail(at, `unexpected ${JSON.stringify(text[at])}`);
		if (found.text === '{') openBraces++;
		if (found.text === '}') openBraces--;
		inProcesses ||= found.kind === 'name' && found.text === 'P0';
		if (found.kind !== 'blank') tokens.push({ kind: found.kind, text: found.text, at });
		at += found.text.length;
	}
	tokens.push({ kind: 'end', text: 'the end', at: text.length });
	const [, result] = /\bResult: *(\w+)/.exec(text) ?? [];
	return { name, result: result ?? null, tokens };
}

function match(text: string, at: number, comments: boolean) {
	const patterns = comments ? [['blank', COMMENT] as const, ...PATTERNS] : PATTERNS;
	for (const [kind, pattern] of patterns) {
		pattern.lastIndex = at;
		const [found] = pattern.exec(text) ?? [];
		if (found !== undefined) return { kind, text: found };
	}
	return null;
}
