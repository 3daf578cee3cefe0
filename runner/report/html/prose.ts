// SPDX-License-Identifier: MIT
/** Meaning, sources, citation and statement of a vector. */
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

export const prose = ({ bug, status }: LiveVector): Markup =>
	html`<p class="effect"><b>${bug.class}:</b> ${bug.effect}.</p>
${bug.model !== undefined && html`<p>${bug.model}</p>`}
<p class="dim">${STATUS[status]} ${EVIDENCE[bug.evidence]}</p>
<ul class="sources">${bug.links.map((link) => html`<li>${source(link)}</li>`)}</ul>`;

const STATUS: Readonly<Record<string, string>> = {
	normative: 'Normative: it rests on a statement of upstream\u2019s, and is scored.',
	open: 'Open: upstream never settled it. It is run and shown, never scored.',
};

const EVIDENCE = {
	reported: 'It was reported on a public list.',
	inferred: 'It was read off the code; no report is known.',
};

/** A commit or a mail, with a link to it. */
function source({ role, commit, subject, by, says, ...link }: Link): Markup {
	const mail = link['message-id'] ?? '';
	const name =
		commit === undefined
			? html`<a href="${archived(mail)}">${mail}</a>`
			: html`<a href="https://git.kernel.org/torvalds/c/${commit}">${commit.slice(0, 12)}</a> (\u201c${subject}\u201d)`;
	const quote = says !== undefined && html`<br><span class="says">${says}</span>`;
	return html`<b>${role}</b> ${name}${by === undefined ? '' : `, ${by}`}${quote}`;
}

/** The block that "dax-vectors cite" prints. */
export function cited(vector: LiveVector): Markup {
	const block = [...wrap(sentence(vector), COMMIT_WIDTH), '', ...trailers(vector, homepage)];
	return html`<pre class="copyable wraps" tabindex="0" aria-label="Citation of ${vector.id}">${block.join('\n')}</pre>`;
}

/** Renders a vector's file without its head; marked holds the line numbers of failed expectations. */
export function statement(source: VectorFile['source'], marked: ReadonlySet<number>): Markup {
	const lines = readFileSync(source.file, 'utf8').trimEnd().split('\n');
	const start = lines.findIndex((line) => /^(variants|holders|device|setup|threads):/.test(line));
	const shown = lines
		.slice(start)
		.map((line, index) =>
			marked.has(start + index + 1) ? html`<mark>${line}</mark>\n` : `${line}\n`,
		);
	return html`<pre class="wraps" tabindex="0" aria-label="${source.file}">${shown}</pre>
<p class="dim">${source.file}</p>`;
}
