// SPDX-License-Identifier: MIT
/** Limits the size of a page: interleavings beyond it are left out, so that the page opens at once. */
import { html, type Markup, trusted } from '../../text/markup';
import { anchor, diagramOf, type Group, groups } from './failure';
import type { Grid } from './grid';

/** Bytes of a page at most: enough for 100 vectors by 5 implementations, whatever fails. */
const MAX_PAGE_BYTES = 990_000;
/** Bytes for interleavings at least, also if the other parts of the page leave less. */
const MIN_DIAGRAM_BYTES = 100_000;

/** Placeholder for the diagram of an anchor: an HTML comment, because escaped text of a report cannot be one. */
export const slot = (id: string): Markup =>
	trusted(`<!-- slot ${Buffer.from(id).toString('hex')} -->`);

/** Anchor of the note about diagrams that are left out. */
export const LEFT_OUT = 'left-out';

/** Fills the placeholders: new failures before known and open ones, the first of each vector before the second. */
export function filled(page: string, { columns, rows }: Grid): string {
	const all = rows.flatMap(({ id, cells }) =>
		groups(columns, cells).map((group, index) => ({ id: anchor(id, index), index, group })),
	);
	all.sort((a, b) => rank(a.group) - rank(b.group) || a.index - b.index);
	const drawn = new Map<string, string>();
	const other = Buffer.byteLength(page) + MISSING.length * all.length;
	let left = Math.max(MIN_DIAGRAM_BYTES, MAX_PAGE_BYTES - other);
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
