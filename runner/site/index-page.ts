// SPDX-License-Identifier: MIT
/** Index of all vectors, searched by word, tag, call, commit or Message-ID. */
import type { Vector } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import type { VectorFile } from '../library/load';
import type { Grid } from '../report/html/grid';
import { html, type Markup } from '../text/markup';
import { frame } from './frame';
import { pathOf } from './vector-page';

/** all: results of every revision. */
export function indexPage(files: readonly VectorFile[], cases: readonly Case[], all: Grid): string {
	const tags = [...new Set(files.flatMap(({ vector }) => vector.tags))].sort();
	return frame({
		title: 'Test vectors of the dax_device holder protocol',
		path: 'index.html',
		scripts: ['filter.js'],
		body: html`<p class="lead">What must hold when filesystems claim, release, notify and lose a Linux <code>dax_device</code> at the same time: ${files.length} vectors, each under an id that is safe to cite for ever.</p>
<form class="filter" role="search" hidden>
<label>Search <input type="search" name="text" placeholder="id, call, word, commit, Message-ID" autocomplete="off"></label>
<label>Tag <select name="tag"><option value="">any</option>${tags.map((tag) => html`<option>${tag}</option>`)}</select></label>
<label>Fails on <select name="state"><option value="">any</option>${all.columns.map(({ label }, index) => html`<option value="on${index}">${label}</option>`)}</select></label>
<output></output></form>
<div class="scroll" tabindex="0" role="group" aria-label="Vectors"><table class="index stacks">
<thead><tr><th scope="col">vector</th><th scope="col">what must hold</th><th scope="col">status</th><th scope="col">fails on</th><th scope="col">calls</th></tr></thead>
<tbody>${files.map(({ vector }) => line(vector, cases, all))}</tbody></table></div>`,
	});
}

/** Indexes of the columns in which a vector fails. */
const failingColumns = (id: string, { rows }: Grid): number[] =>
	(rows.find((row) => row.id === id)?.cells ?? []).flatMap((results, index) =>
		results.some(({ failures }) => failures.length > 0) ? [index] : [],
	);

function line(vector: Vector, cases: readonly Case[], all: Grid): Markup {
	const { id, title, status, tags, bug } = vector;
	const own = cases.filter((test) => test.vector.id === id);
	const calls = [...new Set(own.flatMap(({ needs }) => needs.calls))].sort();
	const sources = (bug?.links ?? []).flatMap((link) => [
		link.commit,
		link['message-id'],
		link.subject,
	]);
	const words = [...tags, ...sources, bug?.class, bug?.effect].filter((each) => each !== undefined);
	const failing = failingColumns(id, all);
	const labels = failing.map((index) => all.columns[index]?.label ?? '');
	return html`<tr data-vector="${id}" data-state="${failing.map((index) => `on${index}`).join(' ')}" data-tags="${tags.join(' ')}" data-words="${words.join(' ')}"><th scope="row"><a href="${pathOf(id)}">${id}</a></th><td>${title}</td><td class="status">${status}</td><td data-n="fails on">${labels.map((label) => html`<b class="on">${label}</b> `)}</td><td class="calls">${calls.join(' ')}</td></tr>`;
}
