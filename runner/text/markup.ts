// SPDX-License-Identifier: MIT
/** HTML with escaping in one place: what is put into a template is text, unless a template made it. */
import { printable } from './printable';

export class Markup {
	constructor(readonly text: string) {}
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** A template of HTML. Within a tag a value must stand between double quotes; test/text/markup.test.ts looks. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
	return new Markup(
		strings.reduce((text, string, index) => `${text}${content(values[index - 1])}${string}`),
	);
}

/** Files of this package only, which are written into the page as they are. */
export const trusted = (text: string): Markup => new Markup(text);

function content(value: Content): string {
	if (value instanceof Markup) return value.text;
	if (Array.isArray(value)) return value.map(content).join('');
	return value === null || value === undefined || value === false ? '' : escaped(String(value));
}

/** Line breaks stay, other characters that do not show become a dot. */
const escaped = (text: string): string =>
	text
		.split('\n')
		.map(printable)
		.join('\n')
		.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
