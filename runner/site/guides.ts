// SPDX-License-Identifier: MIT
/** Renders the guides from the README files of the package. */
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
	/** Section of the file; the whole file when absent. */
	readonly section?: string;
}

export const guides: readonly Guide[] = [
	{ name: 'run', title: 'Run the vectors', menu: 'run', file: 'README.md' },
	{
		name: 'write-a-vector',
		title: 'Write a vector',
		menu: 'write a vector',
		file: 'vectors/README.md',
	},
	{
		name: 'write-an-adapter',
		title: 'Write an adapter',
		menu: 'write an adapter',
		file: 'implementations/exec/README.md',
	},
	{
		name: 'cite',
		title: 'Cite a vector',
		menu: 'cite',
		file: 'vectors/README.md',
		section: 'Citing',
	},
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
export function rendered({ file, section }: Guide): Markup {
	const whole = readFileSync(join(packageRoot, file), 'utf8').replace(/^# .*\n/, '');
	const text = section === undefined ? whole : sectionOf(whole, section, file);
	const marked = new Marked({ async: false, gfm: true, renderer: renderer(file) });
	return trusted(marked.parse(text) as string);
}

function sectionOf(text: string, name: string, file: string): string {
	const [, body] = text.split(`\n## ${name}\n`);
	if (body === undefined) throw new Error(`${file} has no section "${name}"`);
	return body.replace(/\n## [\s\S]*/, '');
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
			const target = normalize(join(dirname(file), href));
			const guide = guides.find((each) => each.file === target && each.section === undefined);
			return guide ? `<a href="${guide.name}.html">${text}</a>` : text;
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
