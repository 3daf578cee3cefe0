// SPDX-License-Identifier: MIT
/** A parsed YAML file: its data, and the place of every key and value. */
import { type Document, isMap, isNode } from 'yaml';
import { parseDocument } from './parse-yaml';
import { decode } from './read-text';

/** Keys and indexes from the top of a file. */
export type Path = readonly (string | number)[];

export class ParsedYaml {
	private constructor(
		readonly text: string,
		readonly document: Document,
		readonly data: unknown,
	) {}

	/** Parses the bytes of a file; throws InvalidFile. */
	static parse(file: string, bytes: Uint8Array): ParsedYaml {
		const text = decode(file, bytes);
		const document = parseDocument(file, text);
		// parseDocument() limits aliases; the limit of yaml itself would throw an error without a place.
		return new ParsedYaml(text, document, document.toJS({ maxAliasCount: -1 }));
	}

	has(path: Path): boolean {
		return this.document.hasIn(path);
	}

	/** Offset in the text of the key or value at a path; if nothing is there, of the nearest parent. */
	offset(path: Path, at: 'value' | 'key'): number {
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
