// SPDX-License-Identifier: MIT
/** Frame of every page. Links are relative: the pages work from a folder and under any address. */
import { document } from '../report/html/document';
import { type Content, html } from '../text/markup';
import { guides } from './guides';

export interface Framed {
	readonly title: string;
	/** Path of the page, such as "v/DAXV-0001/index.html". */
	readonly path: string;
	readonly scripts: readonly string[];
	readonly body: Content;
}

export function frame({ title, path, scripts, body }: Framed): string {
	const up = '../'.repeat(path.split('/').length - 1);
	return document({
		title: `${title} - dax-vectors`,
		styles: ['page.css', 'lanes.css', 'report.css', 'docs.css'],
		scripts,
		body: html`<nav aria-label="Site"><a href="${up}index.html"><b>dax-vectors</b></a>${guides
			.filter(({ menu }) => menu !== null)
			.map(({ menu, name }) => html` <a href="${up}guide/${name}.html">${menu}</a>`)}</nav>
<main>
<h1>${title}</h1>
${body}
</main>`,
	});
}
