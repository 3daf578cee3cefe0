// SPDX-License-Identifier: MIT
/** Summary of a page: conclusions by implementation, vectors that fail, results that could not be decided. */
import type { Result } from '../../../schema/types/report';
import type { Vector } from '../../../schema/types/vector';
import { html, type Markup } from '../../text/markup';
import { CONFORMS, conclusionOf } from '../exit-codes';
import { type CiOutcome, ciOutcome, exitCodeOf } from '../verdicts';
import { firstAnchors } from './failure';
import type { Column, Grid, Row } from './grid';

const HEADS = ['implementation', 'conclusion', 'pass', 'fail', 'known', 'undecided', 'open', 'n/a'];

export const conclusions = ({ columns }: Grid): Markup =>
	html`<div class="scroll" tabindex="0" role="group" aria-label="Implementations"><table class="conclusions stacks">
<thead><tr>${HEADS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${columns.map(conclusion)}</tbody></table></div>`;

function conclusion({ label, implementation, results }: Column): Markup {
	const code = exitCodeOf(results);
	const count = (wanted: CiOutcome) => results.filter((each) => ciOutcome(each) === wanted).length;
	const scored = (verdict: Result['verdict']) =>
		results.filter((each) => each.scored && each.verdict === verdict).length;
	const xfail = scored('xfail');
	const names = HEADS.slice(2);
	const counts: [string, number][] = [
		['pass', count('passed')],
		['fail', count('failed')],
		['xfail', xfail],
		['not-run', count('broken')],
		['open', results.filter((each) => !each.scored && ciOutcome(each) !== 'broken').length],
		['skip', scored('skip')],
	];
	const known = code === CONFORMS && xfail > 0;
	const word = known
		? `${xfail} known ${xfail === 1 ? 'failure' : 'failures'}`
		: conclusionOf(code);
	return html`<tr><th scope="row"><b>${label}</b> <span class="dim">${about(implementation).join(', ')}</span></th>
<td><b class="v ${known ? 'xfail' : `exit${code}`}">${word}</b></td>${counts.map(([kind, count], index) => html`<td class="n${count > 0 && html` ${kind}`}" data-n="${names[index]}">${count}</td>`)}</tr>`;
}

/** Description, revision and compiler, without repetitions; and the address, unless the description has its path. */
function about({ address, target, description, revision, compiler }: Column['implementation']) {
	const path = address.replace(/^\w+:/, '');
	const where = description.includes(path) ? [] : [address];
	return [...where, description, revision, compiler].filter(
		(each) => each !== undefined && each !== target && !each.startsWith('none:'),
	);
}

/** Vectors with a scored failure, those with a new one first. */
export function broken({ columns, rows }: Grid): Markup {
	const failing = rows
		.filter(({ cells }) => cells.some(fails))
		.map((row) => ({ row, hasNew: row.cells.flat().some(isNew) }))
		.sort((a, b) => Number(b.hasNew) - Number(a.hasNew));
	if (failing.length === 0) return html`<p>Nothing that is scored fails.</p>`;
	return html`<p class="dim">Each leads to its interleavings, and to the citation. Filled: in no list of known failures.</p>
<ul class="broken">${failing.map(({ row }) => html`<li><a href="#${row.id}">${row.id}</a> ${meaning(row)}<br>${where(row, columns)}</li>`)}</ul>`;
}

/** Implementations that a vector fails on, each with a link to the interleaving there. */
function where(row: Row, columns: readonly Column[]): Markup[] {
	const targets = firstAnchors(row, columns);
	return columns.flatMap(({ label }, index) => {
		const results = row.cells[index] ?? [];
		if (!fails(results)) return [];
		return [
			html`<a class="on${results.some(isNew) && ' new'}" href="#${targets[index]}">${label}</a> `,
		];
	});
}

/** True for a scored failure that is in no list of known failures. */
const isNew = ({ failures, verdict, scored }: Result): boolean =>
	scored && failures.length > 0 && verdict !== 'xfail';

/** True if a scored result fails; under another memory model the same vector may be open. */
export const fails = (results: readonly Result[]): boolean =>
	results.some(({ failures, scored }) => scored && failures.length > 0);

function meaning({ cases: [test], title }: Row): Markup {
	const { bug } = (test?.source.data ?? {}) as Partial<Vector>;
	return bug ? html`<b>${bug.class}:</b> ${bug.effect}` : html`${title}`;
}

/** Reasons of undecided results, each once, and problems of the runs. */
export function undecided({ reports, columns }: Grid): Markup {
	const found = new Map<string, { labels: Set<string>; count: number }>();
	for (const { label, results } of columns)
		for (const result of results) {
			if (ciOutcome(result) !== 'broken') continue;
			const reason = `${result.verdict}: ${result.reason}`;
			const { labels, count } = found.get(reason) ?? { labels: new Set(), count: 0 };
			found.set(reason, { labels: labels.add(label), count: count + 1 });
		}
	const problems = reports.flatMap(({ footer }) => footer.problems);
	if (found.size + problems.length === 0) return html``;
	return html`<h2>Not decided</h2><ul class="broken">${[...found].map(([reason, { labels, count }]) => html`<li>${reason}<br>${[...labels].map((label) => html`<b class="on">${label}</b> `)}<span class="dim">${count} results</span></li>`)}
${problems.map((problem) => html`<li><pre tabindex="0" aria-label="Problem">${problem}</pre></li>`)}</ul>`;
}
