// SPDX-License-Identifier: MIT
/** Table of vectors by implementations, and its filter. */
import type { Result } from '../../../schema/types/report';
import { html, type Markup } from '../../text/markup';
import { cell } from '../cell';
import { ciOutcome } from '../verdicts';
import { firstAnchors } from './failure';
import type { Column, Grid, Row } from './grid';

const STATES = [
	['', 'all'],
	['fails', 'fails somewhere'],
	['differs', 'differs between implementations'],
	['undecided', 'not decided'],
	['open', 'open'],
] as const;

export function filter({ columns, rows }: Grid): Markup {
	const tags = new Set(
		rows.flatMap(({ cases }) => cases.flatMap(({ vector }) => vector.tags as string[])),
	);
	return html`<form class="filter" role="search" hidden>
<label>Search <input type="search" name="text" placeholder="id, call, word, commit, Message-ID" autocomplete="off"></label>
<label>Show <select name="state">${[...STATES, ...columns.map(({ label }, index) => [`on${index}`, `fails on ${label}`] as const)].map(([value, name]) => html`<option value="${value}">${name}</option>`)}</select></label>
<label>Tag <select name="tag"><option value="">any</option>${[...tags].sort().map((tag) => html`<option>${tag}</option>`)}</select></label>
<output></output></form>`;
}

export function matrix({ columns, rows }: Grid): Markup {
	return html`<div class="scroll" tabindex="0" role="group" aria-label="Vectors by implementations"><table class="matrix stacks">
<thead><tr><th scope="col">vector</th>${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map((row) => line(row, columns))}</tbody></table></div>
<p class="dim"><b class="v pass">pass</b> <b class="v fail">FAIL</b> fails <b class="v xfail">fail</b> fails, as known <b class="v skip">\u2013</b> does not apply <b class="v not-run">?</b> not decided (\u2026) open, not scored</p>`;
}

function line(row: Row, columns: readonly Column[]): Markup {
	const { id, title, cells, cases } = row;
	const targets = firstAnchors(row, columns);
	const tags = (cases[0]?.vector.tags ?? []).join(' ');
	return html`<tr data-vector="${id}" data-state="${states(row).join(' ')}" data-tags="${tags}"><th scope="row"><a href="#${id}">${id}</a> <span>${title}</span></th>${cells.map((results, index) => box(results, targets[index], columns[index]?.label))}</tr>`;
}

/** Cell with a link to the fragment of its first failure. */
function box(results: readonly Result[], target: string | undefined, label = ''): Markup {
	const word = cell(results);
	const [kind, text] = WORDS[word] ?? ['fail', word];
	const verdict = html`<b class="v ${word.startsWith('(') ? 'open' : kind}">${text}</b>`;
	return target === undefined
		? html`<td data-n="${label}">${verdict}</td>`
		: html`<td data-n="${label}"><a href="#${target}">${verdict}</a></td>`;
}

/** Class and text by the result of cell(); any other result is a bad verdict in capitals. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
	'.': ['pass', 'pass'],
	'(.)': ['open', '(pass)'],
	'-': ['skip', '\u2013'],
	'?': ['not-run', '?'],
	fail: ['xfail', 'fail'],
};

const fails = ({ failures }: Result): boolean => failures.length > 0;

function states({ cells, status }: Row): string[] {
	const all = cells.flat();
	const words = new Set(cells.map(cell).filter((word) => word !== '-'));
	return [
		all.some(fails) && 'fails',
		words.size > 1 && 'differs',
		all.some((result) => ciOutcome(result) === 'broken') && 'undecided',
		status === 'open' && 'open',
		...cells.map((results, index) => results.some(fails) && `on${index}`),
	].filter((state) => state !== false);
}
