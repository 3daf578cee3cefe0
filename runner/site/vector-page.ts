// SPDX-License-Identifier: MIT
/** Permanent page of a vector. */
import type { Lanes } from '../../schema/types/report';
import { isOfClass } from '../authoring/own-failure';
import { commitDiagram } from '../diagram/commit-diagram';
import type { VectorFile } from '../library/load';
import type { LiveVector, Tombstone } from '../library/vector';
import { type BugPair, bugPair } from '../report/html/bug-pair';
import { type Group, groups } from '../report/html/failure';
import type { Grid, Row } from '../report/html/grid';
import { laneTable } from '../report/html/lanes';
import { cited, prose, statement } from '../report/html/prose';
import { html, type Markup } from '../text/markup';
import { frame } from './frame';
import { verdictTable } from './verdicts';

/** Lanes by outcome, by variant. */
export type Examples = ReadonlyMap<string, ReadonlyMap<string, Lanes>>;

export const pathOf = (id: string): string => `v/${id}/index.html`;

export function vectorPage(
	{ source, vector }: Pick<VectorFile, 'source'> & { readonly vector: LiveVector },
	all: Grid,
	examples: Examples,
): string {
	const { id, title, tags } = vector;
	const row = all.rows.find((each) => each.id === id);
	const [first, ...others] = row ? failing(all, row, vector.bug.class) : [];
	return frame({
		title: id,
		path: pathOf(id),
		scripts: ['lanes.js', 'copy.js'],
		body: html`<p class="lead">${title}</p>
<p class="tags">${tags.map((tag) => html`<span>${tag}</span> `)}</p>
<div class="about"><div>${prose(vector)}</div><div class="picture">${first && [html`<h2>How it fails</h2>`, first]}</div></div>
${row && verdictTable(all, row)}
${others.length > 0 && html`<h2>Other failures</h2><div class="figures">${others}</div>`}
<div class="about"><div><h2>What it states</h2>${statement(source, new Set())}</div><div><h2>Cite it</h2>${cited(vector)}</div></div>
${allowed(examples)}`,
	});
}

/** A figure of each interleaving that fails on some revision, those of the bug that the vector is about first. */
function failing({ columns }: Grid, row: Row, bugClass: LiveVector['bug']['class']): Markup[] {
	const isOther = ({ seen: [{ failure }] }: Group): number => Number(!isOfClass(bugClass, failure));
	const ordered = groups(columns, row.cells).sort((a, b) => isOther(a) - isOther(b));
	return ordered.flatMap(({ seen }) => {
		const [{ failure, result }] = seen;
		if (!failure.lanes) return [];
		const messages = [...new Set(seen.map((each) => each.failure.message))].join('; ');
		const labels = [...new Set(seen.map(({ column }) => column.label))];
		return [
			html`<div><h3>${messages}</h3><p>${result.id} on ${labels.map((label) => html`<b class="on">${label}</b> `)}</p>
${figure(failure.lanes, `${result.id} on ${labels.join(', ')}: ${messages}`, bugPair(failure.lanes, failure.expectation))}</div>`,
		];
	});
}

/** An execution for each outcome of each variant. */
function allowed(examples: Examples): Markup {
	const shown = [...examples].filter(([, outcomes]) => outcomes.size > 0);
	if (shown.length === 0) return html``;
	return html`<h2>What is allowed</h2>
<p class="dim">For each outcome an execution of upstream as merged, with the fewest preemptions.</p>
${shown.map(([id, outcomes], index) => {
	const all = [...outcomes].map(
		([name, lanes]) => html`<div><h3>${name}</h3>${figure(lanes, `${id} ends as ${name}`)}</div>`,
	);
	return shown.length > 1
		? html`<details${index === 0 && html` open`}><summary>${id}</summary>${all}</details>`
		: all;
})}`;
}

/** An interleaving as a table to step through, and as text for a commit message. */
function figure(lanes: Lanes, caption: string, pair: BugPair | null = null): Markup {
	return html`${laneTable(lanes, pair)}
<details class="text"><summary>as text for a commit message</summary><pre class="copyable" tabindex="0" aria-label="${caption}">${commitDiagram(lanes).join('\n')}</pre></details>`;
}

/** Page of a retired vector: readers who follow a citation find why the vector was retired. */
export function tombstone({ id, title, retired }: Tombstone): string {
	const successor = retired['replaced-by'];
	return frame({
		title: id,
		path: pathOf(id),
		scripts: [],
		body: html`<p class="lead">${title}</p><p class="notice">Retired: ${retired.reason}</p>
${successor !== undefined && html`<p>Replaced by <a href="../${successor}/index.html">${successor}</a>.</p>`}`,
	});
}
