// SPDX-License-Identifier: MIT
/**
 * Formats a vector: keys in the order of the schema, two spaces, no needless quotes. Keeps comments, blank lines, the
 * choice of braces or lines, and the line breaks of folded text.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Document, isCollection, isScalar, Scalar, stringify, visit } from 'yaml';
import { UserError } from '../text/user-error';
import { inOrder } from './key-order';
import { parseDocument } from './parse-yaml';
import type { ParsedYaml } from './parsed-yaml';
import { decode } from './read-text';
import { walk } from './walk-yaml';

/** Formats the bytes of a file. Throws InvalidFile unless they are YAML, UserError if data or comments would be lost. */
export function formatVector(file: string, bytes: Uint8Array): string {
	const before = decode(file, bytes);
	return repeated(file, before, once(file, before));
}

/** Formats a parsed file, whose document it changes. Throws as formatVector() does. */
export function formatParsed(file: string, { text, document }: ParsedYaml): string {
	return repeated(file, text, text.includes('\r') ? once(file, text) : written(document, text));
}

/** Repeats the formatting until nothing changes. */
function repeated(file: string, before: string, first: string): string {
	let text = first;
	if (text === before) return text;
	// The yaml package moves some blank lines only when it parses its own output: repeats until nothing changes.
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const next = once(file, text);
		if (next === text) break;
		text = next;
	}
	if (once(file, text) !== text || !same(file, before, text))
		throw new UserError(`${file}: cannot be formatted without a loss: simplify its comments`);
	return text;
}

const MAX_ROUNDS = 5;

function once(file: string, before: string): string {
	const text = before.replaceAll('\r\n', '\n');
	return written(parseDocument(file, text), text);
}

/** Writes a document that was parsed from a text. */
function written(document: Document, text: string): string {
	inOrder(document);
	const folded: string[] = [];
	let mark = 'folded-text-';
	while (text.includes(mark)) mark += '-';
	walk(document, (node, ancestors) => {
		if (!isScalar(node) || typeof node.value !== 'string') return;
		if (node.type === Scalar.BLOCK_FOLDED) {
			// Replaced by a mark until the end, because the yaml package would join its lines.
			node.value = `${mark}${folded.push(sourceOf(node, text)) - 1}`;
			node.type = Scalar.PLAIN;
			node.comment = null;
		} else if (quoted(node)) {
			const within = ancestors.some((each) => isCollection(each) && each.flow);
			if (needsNoQuotes(node.value, within)) node.type = Scalar.PLAIN;
		}
	});
	return document
		.toString({ lineWidth: 0, flowCollectionPadding: false })
		.split('\n')
		.map((line) => {
			const [head = '', index] = line.split(mark);
			return index === undefined ? line : head + indented(folded[Number(index)] ?? '', head);
		})
		.join('\n');
}

const quoted = ({ type }: Scalar): boolean =>
	type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE;

/** Returns whether a string is unambiguous without quotes; a comma needs them within brackets or braces. */
function needsNoQuotes(value: string, within: boolean): boolean {
	const text = stringify([value], { collectionStyle: within ? 'flow' : 'block', lineWidth: 0 });
	return text === (within ? `[ ${value} ]\n` : `- ${value}\n`);
}

/** Returns the lines of a folded text as in the file, the first with its indicator, without indentation. */
function sourceOf({ range }: Scalar, text: string): string {
	const [head = '', ...lines] = text.slice(range?.[0], range?.[1]).trimEnd().split('\n');
	const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
	const margin = Math.min(...margins);
	return [head.trimEnd(), ...lines.map((line) => line.slice(margin))].join('\n');
}

/** Indents a folded text by two spaces more than its key. */
function indented(source: string, head: string): string {
	const margin = ' '.repeat((/^(?: |- )*/.exec(head)?.[0].length ?? 0) + 2);
	return source.replace(/\n(?=[^\n])/g, `\n${margin}`);
}

/** Returns whether two texts have the same data and the same comments. */
function same(file: string, before: string, after: string): boolean {
	const [old, current] = [before, after].map((text) => parseDocument(file, text)) as [
		Document,
		Document,
	];
	return (
		isDeepStrictEqual(old.toJS({ maxAliasCount: -1 }), current.toJS({ maxAliasCount: -1 })) &&
		isDeepStrictEqual(comments(old), comments(current))
	);
}

function comments(document: Document): string[] {
	const found: (string | null | undefined)[] = [document.commentBefore, document.comment];
	visit(document, {
		Node(_, node) {
			found.push(node.commentBefore, node.comment);
		},
	});
	return found
		.flatMap((each) => (each ?? '').split('\n'))
		.flatMap((line) => line.trim() || [])
		.sort();
}
