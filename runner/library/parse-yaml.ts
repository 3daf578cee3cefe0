// SPDX-License-Identifier: MIT
/** Parses text to one YAML document. Refuses YAML that readers misread: tags, merge keys, keys that are not text. */
import {
	Composer,
	type CST,
	type Document,
	isAlias,
	isNode,
	isPair,
	isScalar,
	Lexer,
	type Node,
	Parser,
	type Scalar,
} from 'yaml';
import { UNSEEN } from '../text/printable';
import { type Code, diagnose, InvalidFile, MAX_DIAGNOSTICS, refusal } from './diagnostic';
import { codePoint } from './read-text';
import { walk } from './walk-yaml';

/** Limit of anchors and aliases together in a file. */
export const MAX_ALIASES = 8;

/** Parses a file; throws InvalidFile (E_DOCUMENTS, E_SYNTAX, E_DUPLICATE_KEY, E_VALUE, E_ALIAS). */
export function parseDocument(file: string, text: string): Document {
	const documents = compose(lex(file, text));
	const [document] = documents;
	if (!document || documents.length > 1) {
		const offset = documents[1]?.range?.[0];
		const count = documents.length === 0 ? 'no document' : `${documents.length} documents`;
		const hint = document ? 'Put each into a file of its own.' : 'Write it, or remove the file.';
		throw refusal('E_DOCUMENTS', { file, text, offset }, `the file holds ${count}`, hint);
	}
	refuseSyntax(file, text, document);
	refuseNodes(file, text, document);
	return document;
}

function compose(lexemes: readonly string[]): Document[] {
	const parser = new Parser();
	const { stackTraceLimit } = Error;
	const { env } = process;
	try {
		// A broken file can have an error for every byte: collecting their stacks takes seconds.
		Error.stackTraceLimit = 0;
		// The parser looks at the environment for every lexeme: that of the process asks the C library each time.
		process.env = {};
		const tokens: CST.Token[] = [];
		for (const lexeme of lexemes) for (const token of parser.next(lexeme)) tokens.push(token);
		tokens.push(...parser.end());
		const composer = new Composer({
			// By default the parser prints warnings.
			logLevel: 'silent',
			// By default !!binary, !!set and others become objects that a schema cannot check.
			resolveKnownTags: false,
		});
		return [...composer.compose(tokens)];
	} finally {
		process.env = env;
		Error.stackTraceLimit = stackTraceLimit;
	}
}

/** Messages and hints that replace the parser's, by its error code. */
const EXPLAINED: { readonly [code: string]: { message?: string; hint: string } } = {
	BAD_INDENT: { hint: 'Indent with spaces, and close every bracket and quote.' },
	BLOCK_AS_IMPLICIT_KEY: {
		message: 'a second ": " on one line',
		hint: 'Quote a value that holds ": ", or put braces around {key: value, key: value}.',
	},
	TAB_AS_INDENT: { hint: 'Indent with spaces.' },
	TAG_RESOLVE_FAILED: {
		message: 'a tag: values are text, numbers, true, false, null, lists and mappings',
		hint: 'Remove the tag.',
	},
};

function refuseSyntax(file: string, text: string, document: Document): void {
	const { errors, warnings, directives } = document;
	const problems = [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
	// One mistake makes the parser report many errors: the first one is near the mistake.
	const first = problems.find(({ code }) => code !== 'DUPLICATE_KEY');
	if (first) {
		const { message, hint } = { hint: 'Correct the YAML.', ...EXPLAINED[first.code] };
		const said = first.message
			.replace(/^Flow (?:map|sequence) .*end with a (.)$/, '"$1" is missing before this')
			.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
		throw refusal('E_SYNTAX', { file, text, offset: first.pos[0] }, message ?? said, hint);
	}
	const duplicates = problems.slice(0, MAX_DIAGNOSTICS).map(({ pos }) => {
		// The parser points at the end of the previous line if the key before has no value.
		const offset = pos[0] + text.slice(pos[0]).search(/\S/);
		const key = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)?/.exec(text.slice(offset))?.[0] ?? '';
		const message = `duplicate key ${key}`;
		return diagnose('E_DUPLICATE_KEY', { file, text, offset }, message, 'Remove one of the two.');
	});
	if (duplicates.length > 0) throw new InvalidFile(duplicates);
	if (directives?.yaml.explicit) {
		const place = { file, text, offset: text.indexOf('%YAML') };
		const message = 'a %YAML directive, which changes the meaning of values';
		throw refusal('E_SYNTAX', place, message, 'Remove it: vectors are YAML 1.2.');
	}
}

/** Refuses merge keys, keys that are not text, invisible characters, unknown or cyclic aliases, and too many of them. */
function refuseNodes(file: string, text: string, document: Document): void {
	const refuse = (code: Code, { range }: Node, message: string, hint: string): never => {
		throw refusal(code, { file, text, offset: range?.[0] }, message, hint);
	};
	let count = 0;
	walk(document, (node, ancestors) => {
		if (isPair(node)) {
			const key = node.key as Node;
			const value = isScalar(key) ? key.value : null;
			if (value === '<<' && (key as Scalar).type === 'PLAIN')
				refuse('E_ALIAS', key, 'a merge key', 'Write out the keys.');
			// Parsers differ in the text that they make of null, true, 1 or a list.
			if (typeof value !== 'string')
				refuse('E_SYNTAX', key, 'a key that is not text', 'Quote it, or use another key.');
		}
		if (!isNode(node)) return;
		if (isScalar(node) && typeof node.value === 'string' && UNSEEN.test(node.value)) {
			const message = `${codePoint(UNSEEN.exec(node.value)?.[0] ?? '')}, an invisible character`;
			refuse('E_VALUE', node, message, 'Remove it: values are printed to terminals.');
		}
		const hint = 'Write out the value where it is used.';
		if ((isAlias(node) || node.anchor) && ++count > MAX_ALIASES)
			refuse('E_ALIAS', node, `more than ${MAX_ALIASES} anchors and aliases`, hint);
		if (!isAlias(node)) return;
		const meant = node.resolve(document);
		if (!meant) refuse('E_ALIAS', node, `no anchor "${node.source}" before this alias`, hint);
		if (meant && ancestors.includes(meant))
			refuse('E_ALIAS', node, `"${node.source}" contains itself`, hint);
	});
}

/** Limit of nested levels. The parser recurses, and a stack overflow ends Node.js. */
export const MAX_DEPTH = 32;

/** Splits text into lexemes; throws InvalidFile (E_SYNTAX) if they are nested too deeply for the parser. */
function lex(file: string, text: string): string[] {
	const lexemes = [...new Lexer().lex(text)];
	let offset = 0;
	// Nesting depth inside each open bracket; the first entry is the depth outside of brackets.
	const depths = [0];
	for (const token of lexemes) {
		// Control characters that the lexer inserts (start of document, scalar) are not in the text.
		if ('\u0002\u0018\u001f\ufeff'.includes(token)) continue;
		const top = depths.length - 1;
		if (token === '[' || token === '{') depths.push(1);
		else if (token === ']' || token === '}') depths.splice(Math.max(top, 1));
		else if (token === '-' || token === '?' || token === ':') depths[top] = (depths[top] ?? 0) + 1;
		else if (token === ',' && top > 0) depths[top] = 1;
		else if (top === 0 && token.includes('\n')) depths[0] = 0;
		else if (top === 0 && text[offset - 1] === '\n' && token.trim() === '')
			depths[0] = token.length / 2;
		if (depths.reduce((a, b) => a + b) > MAX_DEPTH) {
			const message = `more than ${MAX_DEPTH} nested levels`;
			throw refusal(
				'E_SYNTAX',
				{ file, text, offset },
				message,
				'Remove levels: no vector needs so many.',
			);
		}
		offset += token.length;
	}
	return lexemes;
}
