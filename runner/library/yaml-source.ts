// SPDX-License-Identifier: MIT
/** Parses YAML files, and makes diagnostics that point at a key or value by its path. */
import { relative } from 'node:path';
import { type Document, isMap, isNode } from 'yaml';
import { type Code, type Diagnostic, diagnose } from './diagnostic';
import { parseDocument } from './parse-yaml';
import { decode, MAX_VECTOR_BYTES, readBytes } from './read-text';

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

export interface Finding {
	readonly code: Code;
	readonly message: string;
	readonly hint: string;
	/** Points at the key or the value at a path; default: the value. */
	readonly at?: 'value' | 'key';
}

/** A parsed YAML file that knows the place of every key and value. */
export class YamlSource {
	private constructor(
		readonly file: string,
		private readonly text: string,
		private readonly document: Document,
		readonly data: unknown,
	) {}

	/** Reads and parses a file; throws InvalidFile. */
	static read(file: string): YamlSource {
		return YamlSource.parse(relative(process.cwd(), file), readBytes(file, MAX_VECTOR_BYTES));
	}

	/** Parses the bytes of a file; throws InvalidFile. */
	static parse(file: string, bytes: Uint8Array): YamlSource {
		const text = decode(file, bytes);
		const document = parseDocument(file, text);
		// parseDocument() limits aliases; the limit of yaml itself would throw an error without a place.
		return new YamlSource(file, text, document, document.toJS({ maxAliasCount: -1 }));
	}

	/** Makes a diagnostic for a path; if nothing is there, it points at the nearest parent. */
	diagnose(path: Path, { code, message, hint, at = 'value' }: Finding): Diagnostic {
		const { file, text } = this;
		return diagnose(code, { file, text, offset: this.offset(path, at) }, message, hint);
	}

	/** Line number (from 1) and text of the key at a path; if nothing is there, of its nearest parent. */
	line(path: Path): { line: number; text: string } {
		let length = path.length;
		while (length > 1 && !this.document.hasIn(path.slice(0, length))) length--;
		const { file, text } = this;
		const offset = this.offset(path.slice(0, length), 'key');
		const { line, excerpt } = diagnose('E_VALUE', { file, text, offset }, '', '');
		return { line, text: excerpt.trim() };
	}

	private offset(path: Path, at: 'value' | 'key'): number {
		if (at === 'key' && path.length > 0) {
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
