// SPDX-License-Identifier: MIT
/** Section of one vector: meaning, sources, citation, outcomes, failures with their interleavings, data races. */
import { basename } from 'node:path';
import type { LiveVector } from '../../library/vector';
import { html, type Markup } from '../../text/markup';
import { sidesText } from '../../text/racing-accesses';
import { anchor, failureArticle, groups } from './failure';
import type { Grid, Row } from './grid';
import { outcomeTable } from './outcomes';
import { slot } from './page-budget';
import { cited, prose, statement } from './prose';
import { fails } from './summary';

export function section(row: Row, { columns }: Grid): Markup {
	const failing = groups(columns, row.cells);
	const [test] = row.cases;
	const vector = test?.source.data as LiveVector | undefined;
	const failures = failing.flatMap(({ seen }) => seen.map(({ failure }) => failure));
	const marked = new Set(
		failures
			.filter(({ file }) => test && basename(file) === basename(test.source.file))
			.map(({ line }) => line),
	);
	return html`<details class="vector${row.cells.some(fails) ? ' fails' : ''}" data-vector="${row.id}"><summary><h3>${row.id}</h3> <span>${row.title}</span></summary>
<div class="body" id="${row.id}">
${test && vector ? html`<div class="about"><div>${prose(vector)}<p class="tags">${vector.tags.map((tag) => html`<span>${tag}</span> `)}</p><h4>Cite it</h4>${cited(vector)}</div><div><h4>What it states</h4>${statement(test.source, marked)}</div></div>` : html`<p class="dim">This version of dax-vectors lacks this vector.</p>`}
<h4>Outcomes, by traces seen</h4>
${row.variants.map((id) => outcomeTable(row, id, columns))}
${failing.map((each, index) => failureArticle(each, anchor(row.id, index), slot(anchor(row.id, index))))}
${notes(row)}
</div></details>`;
}

/** Data races, each once. */
function notes(row: Row): Markup {
	const races = new Set(
		row.cells
			.flat()
			.flatMap((result) => result.races.map((race) => `${race.object}: ${sidesText(race)}`)),
	);
	if (races.size === 0) return html``;
	return html`<h4>Data races seen (notes, not failures)</h4><ul class="races">${[...races].map((race) => html`<li>${race}</li>`)}</ul>`;
}
