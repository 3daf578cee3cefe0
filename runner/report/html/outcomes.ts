// SPDX-License-Identifier: MIT
/** Table of the outcomes of a variant: traces by outcome and implementation. */
import type { Result } from '../../../schema/types/report';
import { html, type Markup } from '../../text/markup';
import { completenessText } from '../failure';
import { verdicts } from '../verdicts';
import type { Column, Row } from './grid';

export function outcomeTable(row: Row, id: string, columns: readonly Column[]): Markup {
	const results = row.cells.map((cell) => cell.find((result) => result.id === id));
	const test = row.cases.find((each) => each.id === id);
	const allowed = test?.vector.outcomes ?? {};
	const seen = results.flatMap((result) => Object.keys(result?.outcomes ?? {}));
	const names = [...new Set([...Object.keys(allowed), ...seen])];
	return html`<div class="scroll" tabindex="0" role="group" aria-label="Outcomes of ${id}"><table class="outcomes stacks">
<thead><tr><th scope="col">${id}</th>${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${names.map((name) => {
		const must = allowed[name]?.must === 'occur';
		return html`<tr><th scope="row">${name}${must && html` <i>must occur</i>`}</th>${results.map((result, index) => count(result, { name, must, label: columns[index]?.label ?? '' }))}</tr>`;
	})}${results.some(strays) && html`<tr><th scope="row">none of them</th>${results.map((result, index) => html`<td data-n="${columns[index]?.label}"${result && strays(result) > 0 && html` class="missing"`}>${result && (strays(result) || '')}</td>`)}</tr>`}
<tr class="verdict"><th scope="row">verdict</th>${results.map((result, index) => html`<td data-n="${columns[index]?.label}">${result ? conclusion(result) : ''}</td>`)}</tr></tbody></table></div>`;
}

interface OutcomeCell {
	/** Of the outcome. */
	readonly name: string;
	readonly must: boolean;
	/** Of the column. */
	readonly label: string;
}

function count(result: Result | undefined, { name, must, label }: OutcomeCell): Markup {
	if (!result || result.completeness.kind === 'none') return html`<td></td>`;
	const times = result.outcomes[name] ?? 0;
	if (times > 0) return html`<td data-n="${label}">${times}</td>`;
	return must
		? html`<td data-n="${label}" class="missing">0</td>`
		: html`<td data-n="${label}" class="dim">0</td>`;
}

/** Traces without an allowed outcome. */
function strays(result: Result | undefined): number {
	if (!result) return 0;
	const allowed = Object.values(result.outcomes).reduce((sum, each) => sum + each, 0);
	return Math.max(0, result.completeness.traces - allowed);
}

function conclusion({ verdict, reason, completeness, failures }: Result): Markup {
	const how = completenessText(completeness);
	const why = failures.length === 0 && reason !== '' ? reason : '';
	const word = verdict === 'xfail' ? verdicts.xfail.words : verdict;
	return html`<b class="v ${verdict}">${word}</b><br><span class="dim">${why || how}</span>`;
}
