// SPDX-License-Identifier: MIT
/** What a vector states, why, and how to cite it. */
import { readFileSync } from 'node:fs';
import type { Link } from '../../../schema/types/vector';
import { COMMIT_WIDTH } from '../../diagram/commit-diagram';
import type { VectorFile } from '../../library/load';
import type { LiveVector } from '../../library/vector';
import { archived } from '../../text/links';
import { html, type Markup } from '../../text/markup';
import { homepage } from '../../text/package-root';
import { wrap } from '../../text/wrap';
import { sentence, trailers } from '../citation';

export function prose({ bug, status }: LiveVector): Markup {
	return html`<p class="effect"><b>${bug.class}:</b> ${bug.effect}.</p>
${bug.model !== undefined && html`<p>${bug.model}</p>`}
<p class="dim">${STATUS[status]} ${EVIDENCE[bug.evidence]}</p>
<ul class="sources">${bug.links.map((link) => html`<li>${source(link)}</li>`)}</ul>`;
}

const STATUS: Readonly<Record<string, string>> = {
	normative: 'Normative: it rests on a statement of upstream\u2019s, and is scored.',
	open: 'Open: upstream never settled it. It is run and shown, never scored.',
};

const EVIDENCE = {
	reported: 'Somebody reported it on a public list.',
	inferred: 'It was read off the code; nobody is known to have reported it.',
};

/** Where a source can be read. */
const url = (link: Link): string =>
	link.commit === undefined
		? archived(link['message-id']!)
		: `https://git.kernel.org/torvalds/c/${link.commit}`;

function source(link: Link): Markup {
	const name =
		link.commit === undefined
			? html`<a href="${url(link)}">${link['message-id']}</a>`
			: html`<a href="${url(link)}">${link.commit.slice(0, 12)}</a> (\u201c${link.subject}\u201d)`;
	const by = link.by === undefined ? '' : `, ${link.by}`;
	const says = link.says !== undefined && html`<br><span class="says">${link.says}</span>`;
	return html`<b>${link.role}</b> ${name}${by}${says}`;
}

/** What "dax-vectors cite" prints. */
export function cited(vector: LiveVector): Markup {
	const block = [...wrap(sentence(vector), COMMIT_WIDTH), '', ...trailers(vector, homepage)];
	return html`<pre class="copyable" tabindex="0" aria-label="Citation of ${vector.id}">${block.join('\n')}</pre>`;
}

/** The vector's own words and layout, below its head; marked are lines (from 1) where an expectation failed. */
export function statement(source: VectorFile['source'], marked: ReadonlySet<number>): Markup {
	const lines = readFileSync(source.file, 'utf8').trimEnd().split('\n');
	const start = lines.findIndex((line) => /^(variants|holders|device|setup|threads):/.test(line));
	const shown = lines
		.slice(start)
		.map((line, index) =>
			marked.has(start + index + 1) ? html`<mark>${line}</mark>\n` : `${line}\n`,
		);
	return html`<pre tabindex="0" aria-label="${source.file}">${shown}</pre>
<p class="dim">${source.file}</p>`;
}
