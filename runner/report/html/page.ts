// SPDX-License-Identifier: MIT
/** Renders reports as one self-contained page. */
import type { Case } from '../../library/compile';
import { libraryFingerprint } from '../../library/shard';
import { html, type Markup } from '../../text/markup';
import type { Report } from '../read';
import { document } from './document';
import { type Grid, grid, memory } from './grid';
import { filter, matrix } from './matrix';
import { filled, LEFT_OUT, slot } from './page-budget';
import { section } from './section';
import { broken, conclusions, undecided } from './summary';

export function page(reports: readonly Report[], cases: readonly Case[]): string {
	const all = grid(reports, cases);
	const text = document({
		title: `dax-vectors: ${all.columns.map(({ label }) => label).join(', ')}`,
		styles: ['page.css', 'lanes.css', 'report.css'],
		scripts: ['lanes.js', 'copy.js', 'filter.js', 'report.js'],
		body: html`<header><h1>dax-vectors</h1>
<p>Conformance of ${all.columns.length} ${all.columns.length === 1 ? 'implementation' : 'implementations'} with ${all.rows.length} test ${all.rows.length === 1 ? 'vector' : 'vectors'} of the Linux <code>dax_device</code> holder protocol, each over ${extent(reports)}.</p>
<p class="dim">${[...new Set(reports.map(origin))].map((line) => html`${line}<br>`)}</p>${libraryNotice(reports, cases)}</header>
<main>
${conclusions(all)}
<h2 id="broken">What is broken</h2>
${broken(all)}
${undecided(all)}
<h2 id="vectors">Vectors</h2>
${filter(all)}
${matrix(all)}
${details(all)}
</main>`,
	});
	return filled(text, all);
}

function details(all: Grid): Markup {
	return html`<h2 id="details">Each vector</h2>
<p class="dim">Time goes down, one column a thread. <sup>3</sup>: it saw or overwrote the value that step 3 wrote; without a number, the value at the start. <mark>Marked</mark>: the two accesses that make the bug. <i>plain</i>: no READ_ONCE() or WRITE_ONCE(). <i>kept</i>: a cmpxchg() that changed nothing. The keys ← and → step through the interleaving in view.${all.columns.some(({ report }) => memory(report) !== 'sc') && html` <i>waits</i>, <i>^^^ delayed</i>: where a store stood in its thread, and where it took effect.`}</p>
${slot(LEFT_OUT)}
${all.rows.map((row) => section(row, all))}`;
}

function extent(reports: readonly Report[]): string {
	const orders = new Set(reports.map(({ header: { options } }) => describe(options)));
	return [...orders].join(' or ');
}

function describe({ order, preemptions, memory }: Report['header']['options']): string {
	if (memory === 'tso') return 'every behaviour that x86 allows (tso)';
	if (memory === 'lkmm') return 'every behaviour that the Linux kernel memory model allows (lkmm)';
	if (order === 'named') return 'its named interleavings';
	return preemptions === null
		? 'every interleaving'
		: `every interleaving with up to ${preemptions} preemptions`;
}

function origin({ header }: Report): string {
	const shard = header.shard ? `, shard ${header.shard.index}/${header.shard.of}` : '';
	const time = header.started.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
	const { profile, ids, tags } = header.selection;
	const asked = [
		profile !== null && `profile ${profile}`,
		...ids,
		...tags.map((tag) => `tag ${tag}`),
	];
	const selection = asked.filter(Boolean).map((each) => `, ${each}`);
	return `${time}, dax-vectors ${header.version}, library ${header.library}${selection.join('')}${shard}`;
}

/** Warns that a report comes from another library: the page shows the vectors of this package. */
function libraryNotice(reports: readonly Report[], cases: readonly Case[]): Markup {
	const here = libraryFingerprint(cases);
	if (reports.every(({ header }) => header.library === here)) return html``;
	return html`<p class="notice">A report was made with other vectors than this page (library ${here}): where the two differ, verdicts are those of the report and prose is that of the page.</p>`;
}
