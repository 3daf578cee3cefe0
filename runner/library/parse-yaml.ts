// SPDX-License-Identifier: MIT
/** From text to one YAML document that hides nothing. */
import {
	Composer,
	type Document,
	isAlias,
	isNode,
	isPair,
	isScalar,
	Lexer,
	type Node,
	Parser,
	type Scalar,
	visit,
} from 'yaml';
import { UNSEEN } from '../text/printable';
import { type Code, diagnose, InvalidFile, MAX_DIAGNOSTICS, refusal } from './diagnostic';
import { codePoint } from './read-text';

/** Anchors and aliases together. More of them only hides what a vector says. */
export const ALIAS_LIMIT = 8;

/** Throws InvalidFile. */
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
	function* tokens() {
		for (const lexeme of lexemes) yield* parser.next(lexeme);
		yield* parser.end();
	}
	const { stackTraceLimit } = Error;
	try {
		// A broken file may have an error for every byte: their stacks would take seconds.
		Error.stackTraceLimit = 0;
		const composer = new Composer({
			// Without it, what the parser thinks of a file would go to the console.
			logLevel: 'silent',
			// Else !!binary, !!set and the like become data that a schema cannot look into.
			resolveKnownTags: false,
		});
		return [...composer.compose(tokens())];
	} finally {
		Error.stackTraceLimit = stackTraceLimit;
	}
}

/** What the parser says that wants other words or another hint. */
const EXPLAINED: { readonly [code: string]: { message?: string; hint: string } } = {
	BAD_INDENT: { hint: 'Indent with spaces, and end what was begun.' },
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
	// Over one mistake the parser stumbles many times: the first is what to mend.
	const first = problems.find(({ code }) => code !== 'DUPLICATE_KEY');
	if (first) {
		const { message, hint } = { hint: 'Mend the YAML.', ...EXPLAINED[first.code] };
		const said = first.message
			.replace(/^Flow (?:map|sequence) .*end with a (.)$/, '"$1" is missing before this')
			.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
		throw refusal('E_SYNTAX', { file, text, offset: first.pos[0] }, message ?? said, hint);
	}
	const duplicates = problems.slice(0, MAX_DIAGNOSTICS).map(({ pos }) => {
		// After a key without a value, the parser points at the end of that line.
		const offset = pos[0] + text.slice(pos[0]).search(/\S/);
		const key = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)?/.exec(text.slice(offset))![0];
		const message = `the key ${key} stands twice in one mapping`;
		return diagnose('E_DUPLICATE_KEY', { file, text, offset }, message, 'Remove one of the two.');
	});
	if (duplicates.length > 0) throw new InvalidFile(duplicates);
	if (directives?.yaml.explicit) {
		const place = { file, text, offset: text.indexOf('%YAML') };
		const message = 'a %YAML directive, which changes what words mean';
		throw refusal('E_SYNTAX', place, message, 'Remove it: vectors are YAML 1.2.');
	}
}

/** What is YAML, and yet hides what a vector says. */
function refuseNodes(file: string, text: string, document: Document): void {
	const refuse = (code: Code, { range }: Node, message: string, hint: string): never => {
		throw refusal(code, { file, text, offset: range?.[0] }, message, hint);
	};
	let count = 0;
	visit(document, (_, node, ancestors) => {
		if (isPair(node)) {
			const key = node.key as Node;
			const value = isScalar(key) ? key.value : null;
			if (value === '<<' && (key as Scalar).type === 'PLAIN')
				refuse('E_ALIAS', key, 'a merge key', 'Write the keys out where they are meant.');
			// Not every parser makes the same text of null, true, 1 or a list.
			if (typeof value !== 'string')
				refuse('E_SYNTAX', key, 'a key that is not text', 'Quote it, or choose another word.');
		}
		if (!isNode(node)) return;
		if (isScalar(node) && typeof node.value === 'string' && UNSEEN.test(node.value)) {
			const message = `${codePoint(UNSEEN.exec(node.value)![0])}, a character that does not show`;
			refuse('E_VALUE', node, message, 'Remove it: values end up on terminals.');
		}
		const hint = 'Write the value out where it is used.';
		if ((isAlias(node) || node.anchor) && ++count > ALIAS_LIMIT)
			refuse('E_ALIAS', node, `more than ${ALIAS_LIMIT} anchors and aliases`, hint);
		if (!isAlias(node)) return;
		const meant = node.resolve(document);
		if (!meant) refuse('E_ALIAS', node, `no anchor "${node.source}" before this alias`, hint);
		if (meant && ancestors.includes(meant))
			refuse('E_ALIAS', node, `"${node.source}" stands within itself`, hint);
	});
}

/** Levels within each other. The parser recurses, and Node.js dies when its stack runs out. */
export const DEPTH_LIMIT = 32;

/** Throws InvalidFile. */
export function lex(file: string, text: string): string[] {
	const lexemes = [...new Lexer().lex(text)];
	let offset = 0;
	// How deep it goes within each open bracket, and before them in this line.
	const depths = [0];
	for (const token of lexemes) {
		// The lexer's own marks (a document starts, a scalar follows) are not part of the text.
		if ('\u0002\u0018\u001f\ufeff'.includes(token)) continue;
		const top = depths.length - 1;
		if (token === '[' || token === '{') depths.push(1);
		else if (token === ']' || token === '}') depths.splice(Math.max(top, 1));
		else if (token === '-' || token === '?' || token === ':') depths[top]!++;
		else if (token === ',' && top > 0) depths[top] = 1;
		else if (top === 0 && token.includes('\n')) depths[0] = 0;
		else if (top === 0 && text[offset - 1] === '\n' && token.trim() === '')
			depths[0] = token.length / 2;
		if (depths.reduce((a, b) => a + b) > DEPTH_LIMIT) {
			const message = `more than ${DEPTH_LIMIT} levels within each other`;
			throw refusal('E_SYNTAX', { file, text, offset }, message, 'No vector needs so many.');
		}
		offset += token.length;
	}
	return lexemes;
}
