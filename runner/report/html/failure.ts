// SPDX-License-Identifier: MIT
/** What fails in a vector: each interleaving once, however many implementations and expectations it fails on. */
import type { Failure, Lanes, Result } from '../../../schema/types/report';
import { columns } from '../../diagram/columns';
import { fieldNames } from '../../library/compile';
import { html, type Markup } from '../../text/markup';
import { shellWord } from '../../text/shell-word';
import { occurrence, ownReason } from '../failure';
import type { Column } from './grid';
import { laneTable } from './lanes';

interface Seen {
	readonly column: Column;
	readonly result: Result;
	readonly failure: Failure;
}

export interface Group {
	readonly seen: readonly [Seen, ...Seen[]];
}

/** Where the nth failure of a vector stands. */
export const anchor = (id: string, index: number): string => `${id}.${index + 1}`;

/** Failures that tell the same story of the same variant. */
export function groups(columns: readonly Column[], cells: readonly (readonly Result[])[]): Group[] {
	const found = new Map<string, Seen[]>();
	for (const [index, results] of cells.entries())
		for (const result of results)
			for (const failure of result.failures) {
				const story = failure.lanes ?? failure.diagram;
				const key = JSON.stringify([
					result.id,
					story,
					story === failure.diagram && failure.message,
				]);
				found.set(key, [...(found.get(key) ?? []), { column: columns[index]!, result, failure }]);
			}
	return [...found.values()].map((seen) => ({ seen: seen as [Seen, ...Seen[]] }));
}

/** diagram stands for what diagramOf gives, if there is room for it. */
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
${known(seen)}
${diagram}
<p class="dim">${[...places].map((place) => html`<span class="place">${place}</span> `)}</p>
${replays(seen)}
</article>`;
}

/** What lists of known failures say of it, and where they say it; or how it is not what they say. */
function known(seen: readonly Seen[]): Markup[] {
	const told = new Map<string, Set<string>>();
	for (const { column, result } of seen) {
		if (ownReason(result) === '') continue;
		const { verdict, reason, link } = result;
		const text = verdict === 'xfail' ? `: ${link ? `${reason} (${link})` : reason}` : ` ${reason}`;
		told.set(text, (told.get(text) ?? new Set()).add(column.label));
	}
	return [...told].map(
		([text, labels]) =>
			html`<p class="dim">${text.startsWith(':') ? 'Known on' : 'On'} ${[...labels].join(', ')}${text}</p>`,
	);
}

export function diagramOf({ lanes, diagram, expectation }: Failure): Markup {
	if (lanes) {
		const remarks = diagram.slice(columns(lanes).length);
		return html`${laneTable(lanes, culprit(lanes, expectation))}${remarks.map((line) => html`<p class="moved">${line.replace(/^\*+ /, '')}</p>`)}`;
	}
	return diagram.length === 0
		? html``
		: html`<pre tabindex="0" aria-label="Interleaving">${diagram.join('\n')}</pre>`;
}

/** The step that left a field as it should not be at the end. */
function culprit({ steps }: Lanes, expectation: string): number | null {
	const [, word] = /^outcomes\/[^/]+\/device\/(alive|holder|ops)$/.exec(expectation) ?? [];
	if (word === undefined) return null;
	const field = fieldNames[word as keyof typeof fieldNames];
	const last = steps.findLastIndex(
		({ op, object, old, new: value }) =>
			object === field && (op === 'write' || (op === 'rmw' && old !== value)),
	);
	return last < 0 ? null : last;
}

function replays(seen: readonly Seen[]): Markup {
	const commands = new Set(
		seen
			.filter(({ failure }) => failure.token !== null)
			.map(({ failure, column: { implementation } }) => {
				const short = failure.token!.includes('@') || implementation.address === 'reference';
				return `dax-vectors replay ${shellWord(failure.token!)}${short ? '' : ` -i ${shellWord(implementation.address)}`}`;
			}),
	);
	if (commands.size === 0) return html``;
	return html`<ul class="replays" aria-label="Replay it">${[...commands].map((command) => html`<li><code class="copyable">${command}</code></li>`)}</ul>`;
}
