// SPDX-License-Identifier: MIT
/** Table of the verdicts of a vector by revision, oldest first. */
import { completenessText } from '../report/failure';
import type { Grid, Row } from '../report/html/grid';
import { html, type Markup } from '../text/markup';

export function verdictTable({ columns }: Grid, { variants, cells, status }: Row): Markup {
	return html`<h2>Verdicts by revision</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Verdicts by revision"><table class="outcomes stacks">
<thead><tr><th scope="col">revision</th><th scope="col">what it is</th>${variants.map((id) => html`<th scope="col">${id.replace(/^[^/]*\//, '')}</th>`)}</tr></thead>
<tbody>${columns.map(
		({ label, implementation }, index) =>
			html`<tr><th scope="row"><b>${label}</b></th><td>${implementation.description.replace(/^model, /, '')}</td>${variants.map(
				(id) => {
					const result = cells[index]?.find((each) => each.id === id);
					if (!result) return html`<td></td>`;
					const { verdict, completeness, failures, reason } = result;
					const word = verdict === 'pass' || failures.length === 0 ? verdict : 'fail';
					const said = failures[0]?.message ?? (reason || completenessText(completeness));
					return html`<td data-n="${id.replace(/^[^/]*\//, '')}"><b class="v ${status === 'open' && word === 'fail' ? 'open' : word}">${word}</b> <span class="dim">${said}</span></td>`;
				},
			)}</tr>`,
	)}</tbody></table></div>
<p class="dim">By the model of each revision, over every interleaving.</p>`;
}
