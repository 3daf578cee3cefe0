// SPDX-License-Identifier: MIT
/** Renders lanes as a table: a column for each thread, a row for each step. browser/lanes.js steps through it. */
import type { Lanes, Step } from '../../../schema/types/report';

import { isTrouble, show, words } from '../../diagram/step';
import { type Content, html, type Markup } from '../../text/markup';
import type { BugPair } from './bug-pair';

/** Rows at most: an execution without end has thousands of steps. */
const MAX_ROWS = 400;

/** Renders the table; the rows of the pair are marked and linked. */
export function laneTable({ threads, start, steps }: Lanes, pair: BugPair | null): Markup {
	const shown = steps.slice(0, MAX_ROWS);
	const device = [...fields(start), ...(start.log ? fields(start.log, 'log.') : [])];
	return html`<div class="lanes" role="group" tabindex="0" aria-label="Interleaving of ${threads.join(' and ')}, ${steps.length} steps" data-start="${device.join('|')}">
<table><thead><tr><th scope="col"><span class="unseen">step</span></th>${threads.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${shown.map((step, index) => row(step, index, threads.length, pair))}</tbody></table>
${steps.length > MAX_ROWS && html`<p>${steps.length - MAX_ROWS} more steps: replay it to see them.</p>`}</div>`;
}

const fields = (device: NonNullable<Lanes['start']['log']>, prefix = ''): string[] => [
	`${prefix}flags=${device.alive}`,
	`${prefix}holder_data=${show(device.holder)}`,
	`${prefix}holder_ops=${show(device.ops)}`,
];

function row(step: Step, index: number, lanes: number, pair: BugPair | null): Markup {
	const isSecond = index === pair?.second;
	const overwritten = isSecond && step.op === 'write' ? pair.first : null;
	const cells: Content[] = Array.from({ length: lanes }, (_, lane) =>
		lane === step.lane ? cell(step, overwritten) : EMPTY,
	);
	const number = html`<td>${index + 1}</td>`;
	return html`${isSecond || index === pair?.first ? HIGHLIGHTED_ROW : ROW}${number}${cells}</tr>`;
}

const EMPTY = html`<td></td>`;
const ROW = html`<tr>`;
const HIGHLIGHTED_ROW = html`<tr class="highlighted">`;

/** overwritten: index of the step whose value a write of the pair replaces. */
function cell(step: Step, overwritten: number | null): Markup {
	const { text, note, place } = words(step);
	const kind = isTrouble(step) ? 'trouble' : (KINDS[step.op] ?? 'sync');
	const changes = step.new !== undefined && step.op !== 'return' && step.op !== 'read';
	const data = changes && html` data-now="${step.object}=${show(step.new)}"`;
	const seen = overwritten ?? step.saw;
	const details = [
		note !== '' && html` <i>${note}</i>`,
		typeof seen === 'number' && html` <sup>${seen + 1}</sup>`,
		place !== '' && html` <small>${place}</small>`,
	];
	return html`<td class="${kind} d${Math.min(step.depth, 4)}"${data}>${text.replace(' -> ', ' → ')}${details}</td>`;
}

const KINDS: Readonly<Partial<Record<Step['op'], string>>> = {
	call: 'call',
	return: 'call',
	read: 'read',
	write: 'write',
	rmw: 'write',
	remark: 'remark',
};
