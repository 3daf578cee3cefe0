// SPDX-License-Identifier: MIT
/** Failures of a vector: each interleaving once, with the implementations and expectations that it fails. */
import type { Failure, Result } from '../../../schema/types/report';
import { html, type Markup } from '../../text/markup';
import { shellWord } from '../../text/shell-word';
import { occurrence, ownReason } from '../failure';
import { bugPair } from './bug-pair';
import type { Column, Row } from './grid';
import { laneTable } from './lanes';

interface Sighting {
	readonly column: Column;
	readonly result: Result;
	readonly failure: Failure;
}

/** Failures of one variant with the same interleaving. */
export interface Group {
	readonly seen: readonly [Sighting, ...Sighting[]];
}

/** Fragment of the nth interleaving of a vector. */
export const anchor = (id: string, index: number): string => `${id}.${index + 1}`;

/** Groups the failures of a vector; cells are its results by column. */
export function groups(columns: readonly Column[], cells: readonly (readonly Result[])[]): Group[] {
	const found = new Map<string, [Sighting, ...Sighting[]]>();
	for (const [index, column] of columns.entries())
		for (const result of cells[index] ?? [])
			for (const failure of result.failures) {
				const key = JSON.stringify([result.id, failure.lanes ?? failure.message]);
				const sighting = { column, result, failure };
				const known = found.get(key);
				if (known) known.push(sighting);
				else found.set(key, [sighting]);
			}
	return [...found.values()].map((seen) => ({ seen }));
}

/** Fragment of the first failure in each column; undefined where nothing fails. */
export function firstAnchors({ id, cells }: Row, columns: readonly Column[]) {
	const failing = groups(columns, cells);
	return columns.map((column) => {
		const first = failing.findIndex(({ seen }) => seen.some((each) => each.column === column));
		return first < 0 ? undefined : anchor(id, first);
	});
}

/** Renders a group as an article; diagram comes from diagramOf(), or is a placeholder for it. */
export function failureArticle({ seen }: Group, anchor: string, diagram: Markup): Markup {
	const [{ result }] = seen;
	const messages = [...new Map(seen.map((each) => [each.failure.message, each.failure])).values()];
	const places = new Set(
		messages.map(({ file, line, expectation }) => `${file}:${line} ${expectation}`),
	);
	const labels = [...new Set(seen.map(({ column }) => column.label))];
	const frequencies = new Set(
		seen.map((each) => occurrence(each.failure, each.result.completeness)),
	);
	return html`<article class="failure" id="${anchor}">
<h4>${messages.map((each) => html`<span class="message">${each.message}</span> `)}</h4>
<p>${result.id} on ${labels.map((each) => html`<b class="on">${each}</b> `)}<span class="dim">${[...frequencies].join('; ')}</span></p>
${reasons(seen)}
${diagram}
<p class="dim">${[...places].map((place) => html`<span class="place">${place}</span> `)}</p>
${replays(seen)}
</article>`;
}

/** Reasons from lists of known failures, or how the failures differ from their entries. */
function reasons(seen: readonly Sighting[]): Markup[] {
	const labelsByText = new Map<string, Set<string>>();
	for (const { column, result } of seen) {
		if (ownReason(result) === '') continue;
		const { verdict, reason, link } = result;
		const text = verdict === 'xfail' ? `: ${link ? `${reason} (${link})` : reason}` : ` ${reason}`;
		labelsByText.set(text, (labelsByText.get(text) ?? new Set()).add(column.label));
	}
	return [...labelsByText].map(
		([text, labels]) =>
			html`<p class="dim">${text.startsWith(':') ? 'Known on' : 'On'} ${[...labels].join(', ')}${text}</p>`,
	);
}

export const diagramOf = ({ lanes, remarks = [], expectation }: Failure): Markup =>
	lanes
		? html`${laneTable(lanes, bugPair(lanes, expectation))}${remarks.map((line) => html`<p class="moved">${line}</p>`)}`
		: html``;

function replays(seen: readonly Sighting[]): Markup {
	const commands = new Set(
		seen.flatMap(({ failure: { token }, column: { implementation } }) => {
			if (token === null) return [];
			const short = token.includes('@') || implementation.address === 'reference';
			const target = short ? '' : ` -i ${shellWord(implementation.address)}`;
			return [`dax-vectors replay ${shellWord(token)}${target}`];
		}),
	);
	if (commands.size === 0) return html``;
	return html`<ul class="replays" aria-label="Replay it">${[...commands].map((command) => html`<li><code class="copyable">${command}</code></li>`)}</ul>`;
}
