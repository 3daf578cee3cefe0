// SPDX-License-Identifier: MIT
/** A YAML file with the places of everything in it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import {
	type Document,
	isAlias,
	isMap,
	isNode,
	isPair,
	isScalar,
	Lexer,
	type Node,
	parseAllDocuments,
	type Scalar,
	visit,
} from 'yaml';
import { type Code, type Diagnostic, RefusedError, SHOWN, UNSEEN } from './errors';

/** Bytes. A vector is read by people; nobody reads more. */
export const SIZE_LIMIT = 64 * 1024;
/** Anchors and aliases together. More of them only hides what a vector says. */
export const ALIAS_LIMIT = 8;
/** Levels within each other. The parser recurses, and Node.js dies when its stack runs out. */
export const DEPTH_LIMIT = 32;

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

/** Somewhere in a file; without an offset, the file as a whole. */
interface Place {
	readonly file: string;
	readonly text?: string;
	readonly offset?: number;
}

export class Source {
	private constructor(
		readonly file: string,
		private readonly text: string,
		private readonly document: Document,
		readonly data: unknown,
	) {}

	/** Reads and parses a file; throws RefusedError. */
	static read(file: string): Source {
		const shown = relative(process.cwd(), file);
		let bytes: Buffer;
		try {
			bytes = readFileSync(file);
		} catch (error) {
			const { message } = error as Error;
			throw refusal('E_READ', { file: shown }, message, 'Check the path and its permissions.');
		}
		return Source.parse(shown, bytes);
	}

	/** Parses the bytes of a file; throws RefusedError. */
	static parse(file: string, bytes: Uint8Array): Source {
		const text = decode(file, bytes);
		refuseUnreadable(file, text);
		const documents = parseYaml(text);
		const [document] = documents;
		if (!document || documents.length > 1) {
			const offset = documents[1]?.range?.[0];
			const count = documents.length === 0 ? 'no document' : `${documents.length} documents`;
			const hint = document ? 'Put each into a file of its own.' : 'Write it, or remove the file.';
			throw refusal('E_DOCUMENTS', { file, text, offset }, `the file holds ${count}`, hint);
		}
		refuseSyntax(file, text, document);
		refuseNodes(file, text, document);
		// Aliases were counted; the library's own limit throws what is no diagnostic.
		return new Source(file, text, document, document.toJS({ maxAliasCount: -1 }));
	}

	/** A diagnostic for the value at a path, or for its key; for what is absent, for what it is missing from. */
	at(
		path: Path,
		code: Code,
		message: string,
		hint: string,
		what: 'value' | 'key' = 'value',
	): Diagnostic {
		const { file, text } = this;
		return diagnose(code, { file, text, offset: this.offset(path, what) }, message, hint);
	}

	/** Line of the value at a path, from 1, and its text. */
	line(path: Path): { line: number; text: string } {
		const { line, excerpt } = this.at(path, 'E_VALUE', '', '', 'key');
		return { line, text: excerpt.trim() };
	}

	private offset(path: Path, what: 'value' | 'key'): number {
		if (what === 'key' && path.length > 0) {
			const parent = this.document.getIn(path.slice(0, -1), true);
			if (isMap(parent)) {
				const pair = parent.items.find(({ key }) => String(key) === String(path.at(-1)));
				if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0];
			}
		}
		for (let length = path.length; length > 0; length--) {
			const node = this.document.getIn(path.slice(0, length), true);
			if (isNode(node) && node.range) return node.range[0];
		}
		return this.document.contents?.range?.[0] ?? 0;
	}
}

function decode(file: string, bytes: Uint8Array): string {
	if (bytes.length > SIZE_LIMIT) {
		const message = `the file has ${bytes.length} bytes, more than ${SIZE_LIMIT}`;
		throw refusal('E_SIZE', { file }, message, 'Split it: a vector states one thing.');
	}
	const mark = Buffer.from(bytes.subarray(0, 3)).toString('hex');
	if (mark === 'efbbbf') {
		const hint = 'Save it as UTF-8 without a byte-order mark.';
		throw refusal('E_BOM', { file }, 'the file starts with a byte-order mark', hint);
	}
	if (/^(fffe|feff)/.test(mark))
		throw refusal('E_ENCODING', { file }, 'the file is UTF-16', 'Save it as UTF-8.');
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
	const again = Buffer.from(text);
	const bad = bytes.findIndex((byte, index) => byte !== again[index]);
	if (bad < 0) return text;
	const offset = new TextDecoder().decode(bytes.subarray(0, bad)).length;
	const message = `the byte 0x${bytes[bad]!.toString(16)} is not UTF-8`;
	throw refusal('E_ENCODING', { file, text, offset }, message, 'Save the file as UTF-8.');
}

/** What must not get as far as the parser. */
function refuseUnreadable(file: string, text: string): void {
	const unseen = UNSEEN.exec(text);
	if (unseen) {
		const message = `${codePoint(unseen[0])}, a character that does not show`;
		throw refusal('E_SYNTAX', { file, text, offset: unseen.index }, message, 'Remove it.');
	}
	let offset = 0;
	// How deep it goes within each open bracket, and before them in this line.
	const depths = [0];
	for (const token of new Lexer().lex(text)) {
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
	const duplicates = problems.slice(0, SHOWN).map(({ pos }) => {
		// After a key without a value, the parser points at the end of that line.
		const offset = pos[0] + text.slice(pos[0]).search(/\S/);
		const key = /^(?:"[^"]*"|'[^']*'|[^\s:,{}[\]]+)?/.exec(text.slice(offset))![0];
		const message = `the key ${key} stands twice in one mapping`;
		return diagnose('E_DUPLICATE_KEY', { file, text, offset }, message, 'Remove one of the two.');
	});
	if (duplicates.length > 0) throw new RefusedError(duplicates);
	if (directives?.yaml.explicit) {
		const place = { file, text, offset: text.indexOf('%YAML') };
		const message = 'a %YAML directive, which changes what words mean';
		throw refusal('E_SYNTAX', place, message, 'Remove it: vectors are YAML 1.2.');
	}
}

function parseYaml(text: string): Document[] {
	const { stackTraceLimit } = Error;
	try {
		// A broken file may have an error for every byte: their stacks would take seconds.
		Error.stackTraceLimit = 0;
		return parseAllDocuments(text, {
			prettyErrors: false,
			// Without it, what the parser thinks of a file would go to the console.
			logLevel: 'silent',
			// Else !!binary, !!set and the like become data that a schema cannot look into.
			resolveKnownTags: false,
		}) as Document[];
	} finally {
		Error.stackTraceLimit = stackTraceLimit;
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

function codePoint(character: string): string {
	return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

function refusal(code: Code, place: Place, message: string, hint: string): RefusedError {
	return new RefusedError([diagnose(code, place, message, hint)]);
}

function diagnose(code: Code, place: Place, message: string, hint: string): Diagnostic {
	const { file, text, offset } = place;
	if (text === undefined || offset === undefined)
		return { code, file, line: 0, column: 0, message, hint, excerpt: '' };
	// What is wrong with the end of a file is shown after its last word, not on an empty line.
	const at = Math.min(offset, text.trimEnd().length);
	const start = text.lastIndexOf('\n', at - 1) + 1;
	const line = text.slice(0, at).split('\n').length;
	const [excerpt] = text.slice(start).split(/\r?\n/, 1);
	return { code, file, line, column: at - start + 1, message, hint, excerpt: excerpt! };
}
