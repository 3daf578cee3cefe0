// SPDX-License-Identifier: MIT
/** Writes vectors in the layout of the library. */
import { Document, isMap, isPair, isScalar, isSeq, type Node, visit } from 'yaml';
import type { LiveVector } from '../../library/vector';

/** Columns of a mapping or list on one line. */
const MAX_FLOW_WIDTH = 90;
const LAYOUT = { lineWidth: 100, flowCollectionPadding: false } as const;

/** Text of a vector. The comment lines of above follow the head. */
export function vectorText(vector: LiveVector, schema: string, above: readonly string[]): string {
	const comments = above.map((line) => `#${line === '' ? '' : ` ${line}`}\n`).join('');
	return [
		`# yaml-language-server: $schema=${schema}\n# SPDX-License-Identifier: MIT\n`,
		comments,
		partText(vector),
	].join('');
}

/** Text of a part of a vector. Short mappings and lists are on one line. */
export function partText(part: object): string {
	const document = new Document(part);
	visit(document, {
		Collection(_, node, path) {
			if (path.length > depthOf(path) && fits(node)) node.flow = true;
		},
	});
	return document.toString(LAYOUT);
}

/** Depth to which mappings and lists are blocks even where they would fit on one line. */
function depthOf(path: readonly unknown[]): number {
	const top = path.find(isPair)?.key;
	const name = isScalar(top) ? top.value : '';
	return name === 'outcomes' || name === 'rules' ? 6 : name === 'threads' || name === 'bug' ? 4 : 2;
}

function fits(node: Node): boolean {
	return (isMap(node) || isSeq(node)) && width(node) <= MAX_FLOW_WIDTH;
}

function width(node: unknown): number {
	if (isScalar(node)) return String(node.value).length + 2;
	if (isSeq(node)) return node.items.reduce((sum: number, item) => sum + width(item) + 2, 2);
	if (!isMap(node)) return 0;
	return node.items.reduce((sum, { key, value }) => sum + width(key) + width(value) + 4, 2);
}
