// SPDX-License-Identifier: MIT
/** A YAML file with the places of everything in it. */
import { relative } from 'node:path';
import { type Document, isMap, isNode } from 'yaml';
import type { Code, Diagnostic } from './diagnostic';
import { parseDocument } from './parse-yaml';
import { diagnose, refusal } from './place';
import { readBytes } from './read-bytes';
import { decode, SIZE_LIMIT } from './read-text';

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

export class Source {
	private constructor(
		readonly file: string,
		private readonly text: string,
		private readonly document: Document,
		readonly data: unknown,
	) {}

	/** Reads and parses a file; throws InvalidFile. */
	static read(file: string): Source {
		const shown = relative(process.cwd(), file);
		let bytes: Buffer;
		try {
			bytes = readBytes(file, SIZE_LIMIT);
		} catch (error) {
			const { message } = error as Error;
			throw refusal('E_READ', { file: shown }, message, 'Check the path and its permissions.');
		}
		return Source.parse(shown, bytes);
	}

	/** Parses the bytes of a file; throws InvalidFile. */
	static parse(file: string, bytes: Uint8Array): Source {
		const text = decode(file, bytes);
		const document = parseDocument(file, text);
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

	/** Line of the key at a path, from 1, and its text; of what is absent, of what it would stand in. */
	line(path: Path): { line: number; text: string } {
		let length = path.length;
		while (length > 1 && !this.document.hasIn(path.slice(0, length))) length--;
		const { line, excerpt } = this.at(path.slice(0, length), 'E_VALUE', '', '', 'key');
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
