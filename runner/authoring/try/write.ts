// SPDX-License-Identifier: MIT
/** Vectors as files: the layout that the library has. */
import { Document, isMap, isPair, isScalar, isSeq, type Node, visit } from 'yaml';
import type { LiveVector } from '../../library/vector';

/** Characters that a mapping or list may have to stand on one line. */
const LINE = 90;
const OPTIONS = { lineWidth: 100, flowCollectionPadding: false } as const;

/** The text of a vector; above are comment lines that follow the head. */
export function vectorText(vector: LiveVector, schema: string, above: readonly string[]): string {
	const document = new Document(vector);
	visit(document, {
		Collection(_, node, path) {
			if (path.length > depthOf(path) && fits(node)) node.flow = true;
		},
	});
	const comments = above.map((line) => `#${line === '' ? '' : ` ${line}`}\n`).join('');
	return [
		`# yaml-language-server: $schema=${schema}\n# SPDX-License-Identifier: MIT\n`,
		comments,
		document.toString(OPTIONS),
	].join('');
}

/** What is short stands on one line; expectations and threads are blocks all the same. */
function depthOf(path: readonly unknown[]): number {
	const top = path.find(isPair)?.key;
	const name = isScalar(top) ? top.value : '';
	return name === 'outcomes' || name === 'rules' ? 6 : name === 'threads' || name === 'bug' ? 4 : 2;
}

/** Part of a vector, to paste. */
export function partText(part: object): string {
	const document = new Document(part);
	visit(document, {
		Collection(_, node, path) {
			if (path.length > depthOf(path) && fits(node)) node.flow = true;
		},
	});
	return document.toString(OPTIONS);
}

function fits(node: Node): boolean {
	return (isMap(node) || isSeq(node)) && width(node) <= LINE;
}

function width(node: unknown): number {
	if (isScalar(node)) return String(node.value).length + 2;
	if (isSeq(node)) return node.items.reduce((sum: number, item) => sum + width(item) + 2, 2);
	if (!isMap(node)) return 0;
	return node.items.reduce((sum, { key, value }) => sum + width(key) + width(value) + 4, 2);
}
