// SPDX-License-Identifier: MIT
/** What comes first: does it conform, what is broken, what could not be decided. */
import type { Result } from '../../../schema/types/report';
import type { Vector } from '../../../schema/types/vector';
import { exitCode } from '../../run/exit-code';
import { html, type Markup } from '../../text/markup';
import { type CiOutcome, ciOutcome } from '../ci-outcome';
import { anchor, groups } from './failure';
import type { Column, Grid, Row } from './grid';

const CONCLUSIONS: Readonly<Record<number, string>> = {
	0: 'conforms',
	1: 'does not conform',
	2: 'broke its contract',
	125: 'cannot be tested',
};

export function conclusions({ columns }: Grid): Markup {
	const heads = ['implementation', 'conclusion', 'pass', 'fail', 'known'];
	return html`<div class="scroll" tabindex="0" role="group" aria-label="Implementations"><table class="conclusions">
<thead><tr>${[...heads, 'undecided', 'open', 'n/a'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${columns.map(conclusion)}</tbody></table></div>`;
}

function conclusion({ label, implementation, results }: Column): Markup {
	const code = exitCode(results, []);
	const stands = (kind: CiOutcome) => results.filter((each) => ciOutcome(each) === kind).length;
	const scored = (verdict: Result['verdict']) =>
		results.filter((each) => each.scored && each.verdict === verdict).length;
	const counts: [string, number][] = [
		['pass', stands('passed')],
		['fail', stands('failed')],
		['xfail', scored('xfail')],
		['not-run', stands('broken')],
		['open', results.filter((each) => !each.scored && ciOutcome(each) !== 'broken').length],
		['skip', scored('skip')],
	];
	const known = code === 0 && scored('xfail') > 0;
	const word = known
		? `${scored('xfail')} known ${scored('xfail') === 1 ? 'failure' : 'failures'}`
		: CONCLUSIONS[code];
	return html`<tr><th scope="row"><b>${label}</b> <span class="dim">${about(implementation).join(', ')}</span></th>
<td><b class="v ${known ? 'xfail' : `exit${code}`}">${word}</b></td>${counts.map(([kind, count]) => html`<td class="n${count > 0 && html` ${kind}`}">${count}</td>`)}</tr>`;
}

/** A model has no compiler, and its revision is its name; that of a tree says where it is. */
function about({ address, target, description, revision, compiler }: Column['implementation']) {
	const path = address.replace(/^\w+:/, '');
	const told = description.includes(path) ? [] : [address];
	return [...told, description, revision, compiler].filter(
		(each) => each !== undefined && each !== target && !each.startsWith('none:'),
	);
}

/** What is scored and fails, what nobody knew of first. */
export function broken({ columns, rows }: Grid): Markup {
	const failing = rows
		.filter(({ cells }) => cells.some(fails))
		.map((row) => ({ row, news: row.cells.flat().some(isNew) }))
		.sort((a, b) => Number(b.news) - Number(a.news));
	if (failing.length === 0) return html`<p>Nothing that is scored fails.</p>`;
	return html`<p class="dim">Each leads to its interleavings, and to what to cite. Red is what no list of known failures has.</p>
<ul class="broken">${failing.map(({ row }) => html`<li><a href="#${row.id}">${row.id}</a> ${meaning(row)}<br>${where(row, columns)}</li>`)}</ul>`;
}

/** The implementations that a vector fails on, each with a link to the interleaving there. */
function where({ id, cells }: Row, columns: readonly Column[]): Markup[] {
	const failing = groups(columns, cells);
	return columns.flatMap((column, index) => {
		const results = cells[index]!;
		if (!fails(results)) return [];
		const first = failing.findIndex(({ seen }) => seen.some((each) => each.column === column));
		return [
			html`<a class="on${results.some(isNew) && ' new'}" href="#${anchor(id, first)}">${column.label}</a> `,
		];
	});
}

/** Fails, and no list says so. */
const isNew = ({ failures, verdict, scored }: Result): boolean =>
	scored && failures.length > 0 && verdict !== 'xfail';

/** A vector that is scored may not be under every memory model. */
export const fails = (results: readonly Result[]): boolean =>
	results.some(({ failures, scored }) => scored && failures.length > 0);

function meaning({ cases: [test], title }: Row): Markup {
	const { bug } = (test?.source.data ?? {}) as Partial<Vector>;
	return bug ? html`<b>${bug.class}:</b> ${bug.effect}` : html`${title}`;
}

/** Why nothing could be said, each reason once, and what fails the run besides results. */
export function trouble({ reports, columns }: Grid): Markup {
	const found = new Map<string, { reason: string; labels: Set<string>; count: number }>();
	for (const { label, results } of columns)
		for (const result of results) {
			if (ciOutcome(result) !== 'broken') continue;
			const reason = `${result.verdict}: ${result.reason}`;
			const known = found.get(reason) ?? { reason, labels: new Set(), count: 0 };
			found.set(reason, { ...known, labels: known.labels.add(label), count: known.count + 1 });
		}
	const problems = reports.flatMap(({ footer }) => footer.problems);
	if (found.size + problems.length === 0) return html``;
	return html`<h2>Not decided</h2><ul class="broken">${[...found.values()].map(({ reason, labels, count }) => html`<li>${reason}<br>${[...labels].map((label) => html`<b class="on">${label}</b> `)}<span class="dim">${count} results</span></li>`)}
${problems.map((problem) => html`<li><pre tabindex="0" aria-label="Problem">${problem}</pre></li>`)}</ul>`;
}
