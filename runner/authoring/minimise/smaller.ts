// SPDX-License-Identifier: MIT
/** Smaller candidates for a vector: a part is removed together with every mention of it. Comments of the rest stay. */
import { type Document, isMap, isSeq, visit } from 'yaml';
import type { LiveVector } from '../../library/vector';
import type { Path } from '../../library/yaml-source';
import { removals } from './removals';

/** Documents with fewer parts, the largest removal first. */
export function* smaller(document: Document): Generator<Document> {
	const vector = document.toJS() as LiveVector;
	for (const words of Object.values(vector.variants ?? {})) yield variant(document, words);
	for (const removal of removals(vector)) yield without(document, removal);
}

/** The document with the words of one variant in place of $words. */
function variant(document: Document, words: object): Document {
	const left = document.clone() as Document;
	left.delete('variants');
	visit(left, {
		Scalar(_, node) {
			const word = /^\$(.+)$/.exec(String(node.value))?.[1];
			if (word !== undefined && Object.hasOwn(words, word))
				node.value = words[word as keyof typeof words];
		},
	});
	return left;
}

/** The document without these parts, and without the mappings and lists that become empty. */
function without(document: Document, removal: readonly Path[]): Document {
	const left = document.clone() as Document;
	// The last part first, because removing an item of a list renumbers the items behind it.
	for (const path of [...removal].sort(lastFirst)) {
		if (!left.hasIn(path)) continue;
		left.deleteIn(path);
		for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
			const node = left.getIn(above);
			if (!(isMap(node) || isSeq(node)) || node.items.length > 0 || staysEmpty(above)) break;
			left.deleteIn(above);
		}
	}
	return left;
}

/** True for a part that may be empty, or whose removal is a candidate of its own. */
const staysEmpty = ([key, ...rest]: Path): boolean =>
	rest.length === 0 ? key === 'holders' : rest.length === 1 && key !== 'rules';

function lastFirst(a: Path, b: Path): number {
	const at = a.findIndex((key, index) => key !== b[index]);
	const [left, right] = [a[at], b[at]];
	if (at < 0 || right === undefined) return b.length - a.length;
	return typeof left === 'number' && typeof right === 'number' ? right - left : 0;
}
