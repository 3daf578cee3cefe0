// SPDX-License-Identifier: MIT
/** Renders docs/ and the README files of folders as pages. */
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Marked, type Tokens } from 'marked';
import { type Markup, trusted } from '../text/markup';
import { packageRoot } from '../text/package-root';

export interface Guide {
	/** Its page is guide/NAME.html. */
	readonly name: string;
	readonly title: string;
	/** Name in the menu of every page; null for a guide that only other guides link to. */
	readonly menu: string | null;
	readonly file: string;
}

const guide = (name: string, title: string, menu: string | null = null): Guide => ({
	name,
	title,
	menu,
	file: `docs/${name}.md`,
});

export const guides: readonly Guide[] = [
	guide('run', 'Run the vectors', 'run'),
	guide('watch', 'Watch the callers'),
	guide('write-a-vector', 'From a report to a vector', 'write a vector'),
	guide('write-an-adapter', 'Write an adapter', 'write an adapter'),
	guide('cite', 'Cite a vector', 'cite'),
	guide('verdicts', 'Verdicts and exit codes', 'verdicts'),
	guide('weak-memory', 'Weak memory'),
	guide('ci', 'In CI'),
	guide('review-a-series', 'Review a posted series', 'review a series'),
	guide('findings', 'Findings in released kernels', 'findings'),
	guide('claims', 'What is claimed, and what is not'),
	{ name: 'format', title: 'The format of vectors', menu: null, file: 'vectors/README.md' },
	{
		name: 'implementations',
		title: 'Implementations',
		menu: null,
		file: 'implementations/README.md',
	},
	{ name: 'kernel', title: 'A live kernel', menu: null, file: 'implementations/kernel/README.md' },
	{ name: 'contributing', title: 'Contributing', menu: null, file: 'CONTRIBUTING.md' },
];

/** HTML of a guide, without its title. */
export function rendered({ file }: Guide): Markup {
	const text = readFileSync(join(packageRoot, file), 'utf8').replace(/^# .*\n/, '');
	const marked = new Marked({ async: false, gfm: true, renderer: renderer(file) });
	return trusted(marked.parse(text) as string);
}

function renderer(file: string) {
	return {
		heading({ tokens, depth, text }: Tokens.Heading): string {
			return `<h${depth} id="${slug(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
		},
		/** Links between files become links between their guides; a link to any other file becomes text. */
		link({ href, tokens }: Tokens.Link): string {
			const text = this.parser.parseInline(tokens) as string;
			if (/^(https:|#)/.test(href)) return `<a href="${href}">${text}</a>`;
			const [path, fragment] = href.split('#') as [string, string | undefined];
			const target = normalize(join(dirname(file), path));
			const guide = guides.find((each) => each.file === target);
			const place = fragment === undefined ? '' : `#${fragment}`;
			return guide ? `<a href="${guide.name}.html${place}">${text}</a>` : text;
		},
		/** HTML in a README file is shown as text. */
		html({ text }: Tokens.HTML | Tokens.Tag): string {
			return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
		},
		code({ text }: Tokens.Code): string {
			const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
			return `<pre tabindex="0" aria-label="Example"><code>${escaped}</code></pre>\n`;
		},
	} as Renderer;
}

type Renderer = NonNullable<ConstructorParameters<typeof Marked>[0]>['renderer'];

const slug = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[^a-z0-9 -]/g, '')
		.replaceAll(' ', '-');
