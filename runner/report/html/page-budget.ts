// SPDX-License-Identifier: MIT
/** The interleavings that a page has room for: one that everything fails in still opens at once. */

import { html, type Markup, trusted } from '../../text/markup';
import { anchor, diagramOf, type Group, groups } from './failure';
import type { Grid } from './grid';

/** Bytes of a page at most: 100 vectors by 5 implementations, whatever fails. */
const LIMIT = 990_000;
/** Bytes of interleavings at least, where the rest of a larger page leaves less than that. */
const LEAST = 100_000;

/** Where the diagram of an anchor is to stand. A comment, because no text of a report can be one. */
export const slot = (id: string): Markup =>
	trusted(`<!-- slot ${Buffer.from(id).toString('hex')} -->`);

/** What says how many are left out. */
export const LEFT_OUT = 'left-out';

/** What nobody knew of comes first, then what is scored; of each vector the first one, then the second one. */
export function filled(page: string, { columns, rows }: Grid): string {
	const all = rows.flatMap(({ id, cells }) =>
		groups(columns, cells).map((group, index) => ({ id: anchor(id, index), index, group })),
	);
	all.sort((a, b) => rank(a.group) - rank(b.group) || a.index - b.index);
	const drawn = new Map<string, string>();
	let left = Math.max(LEAST, LIMIT - Buffer.byteLength(page) - MISSING.length * all.length);
	for (const { id, group } of all) {
		const { text } = diagramOf(group.seen[0].failure);
		const bytes = Buffer.byteLength(text) - MISSING.length;
		if (bytes > left) continue;
		left -= bytes;
		drawn.set(slot(id).text, text);
	}
	const summary = slot(LEFT_OUT).text;
	return page.replace(/<!-- slot \S+ -->/g, (text) =>
		text === summary ? summaryOf(all.length - drawn.size) : (drawn.get(text) ?? MISSING),
	);
}

const MISSING = html`<p class="notice">Left out to save room.</p>`.text;

const summaryOf = (count: number): string =>
	count === 0
		? ''
		: html`<p class="notice">${count} interleavings are left out, so that the page opens at once. The replay command below each shows it, and so does a page of fewer vectors or implementations.</p>`
				.text;

function rank({ seen }: Group): number {
	const scored = seen.filter(({ result }) => result.scored);
	if (scored.some(({ result }) => result.verdict !== 'xfail')) return 0;
	return scored.length > 0 ? 1 : 2;
}
