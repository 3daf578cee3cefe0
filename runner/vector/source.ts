// SPDX-License-Identifier: MIT
/** A YAML file with the places of everything in it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { type Document, isAlias, isMap, isNode, LineCounter, parseAllDocuments, visit } from 'yaml';
import { type Code, type Diagnostic, RefusedError } from './errors';

/** Bytes. A vector is read by people; nobody reads more. */
export const SIZE_LIMIT = 64 * 1024;
/** Anchors and aliases together. More of them only hides what a vector says. */
export const ALIAS_LIMIT = 8;

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

export class Source {
	private constructor(
		readonly file: string,
		private readonly text: string,
		private readonly document: Document,
		private readonly lines: LineCounter,
		readonly data: unknown,
	) {}

	/** Reads and parses a file; throws RefusedError. */
	static read(file: string): Source {
		const shown = relative(process.cwd(), file);
		let bytes: Buffer;
		try {
			bytes = readFileSync(file);
		} catch (error) {
			const message = (error as Error).message;
			throw refusal('E_READ', shown, message, 'Check the path and its permissions.');
		}
		return Source.parse(shown, bytes);
	}

	/** Parses the bytes of a file; throws RefusedError. */
	static parse(file: string, bytes: Uint8Array): Source {
		const text = decode(file, bytes);
		const lines = new LineCounter();
		// Without logLevel, what the parser thinks of a file would go to the console.
		const documents = parseAllDocuments(text, {
			lineCounter: lines,
			uniqueKeys: true,
			logLevel: 'silent',
		}) as Document[];
		const [document] = documents;
		if (!document || documents.length > 1) {
			const second = documents[1]?.range?.[0];
			const count = documents.length === 0 ? 'no document' : `${documents.length} documents`;
			const hint = 'Put each vector into a file of its own.';
			throw new RefusedError([
				diagnose('E_DOCUMENTS', file, text, lines, second, `the file holds ${count}`, hint),
			]);
		}
		const problems = [...document.errors, ...document.warnings].map((error) => {
			const duplicate = error.code === 'DUPLICATE_KEY';
			const message = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
			return diagnose(
				duplicate ? 'E_DUPLICATE_KEY' : 'E_SYNTAX',
				file,
				text,
				lines,
				error.pos[0],
				message,
				duplicate ? 'Remove one of the two.' : 'Mend the YAML; the parser stopped here.',
			);
		});
		if (problems.length > 0) throw new RefusedError(problems);

		const excess = firstExcessiveAlias(document);
		if (excess) {
			const hint = `Write the value out where it is used; ${ALIAS_LIMIT} anchors and aliases are allowed.`;
			throw new RefusedError([
				diagnose('E_ALIAS', file, text, lines, excess.at, excess.message, hint),
			]);
		}
		return new Source(file, text, document, lines, document.toJS({ maxAliasCount: ALIAS_LIMIT }));
	}

	/** A diagnostic for the value at a path, or for its key; for what is absent, for what it is missing from. */
	at(
		path: Path,
		code: Code,
		message: string,
		hint: string,
		what: 'value' | 'key' = 'value',
	): Diagnostic {
		const offset = this.offset(path, what);
		return diagnose(code, this.file, this.text, this.lines, offset, message, hint);
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
		throw refusal('E_SIZE', file, message, 'Split it: a vector states one thing.');
	}
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
		const message = 'the file starts with a byte-order mark';
		throw refusal('E_BOM', file, message, 'Save it as UTF-8 without a byte-order mark.');
	}
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw refusal('E_ENCODING', file, 'the file is not UTF-8', 'Save it as UTF-8.');
	}
}

function firstExcessiveAlias(document: Document): { at: number; message: string } | null {
	let count = 0;
	let found: { at: number; message: string } | null = null;
	visit(document, {
		Node(_, node) {
			if (!isAlias(node) && !('anchor' in node && node.anchor)) return undefined;
			if (++count <= ALIAS_LIMIT) return undefined;
			found = { at: node.range?.[0] ?? 0, message: `more than ${ALIAS_LIMIT} anchors and aliases` };
			return visit.BREAK;
		},
	});
	return found;
}

function refusal(code: Code, file: string, message: string, hint: string): RefusedError {
	return new RefusedError([{ code, file, line: 0, column: 0, message, hint, excerpt: '' }]);
}

function diagnose(
	code: Code,
	file: string,
	text: string,
	lines: LineCounter,
	offset: number | undefined,
	message: string,
	hint: string,
): Diagnostic {
	if (offset === undefined) return { code, file, line: 0, column: 0, message, hint, excerpt: '' };
	const { line, col } = lines.linePos(Math.min(offset, text.length));
	const start = lines.lineStarts[line - 1] ?? 0;
	const end = lines.lineStarts[line] ?? text.length + 1;
	const excerpt = text.slice(start, end - 1).replace(/\r$/, '');
	return { code, file, line: Math.max(line, 1), column: Math.max(col, 1), message, hint, excerpt };
}
