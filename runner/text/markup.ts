// SPDX-License-Identifier: MIT
/** HTML templates that escape every value except the results of other templates. */
import { printable } from './printable';

export class Markup {
	constructor(readonly text: string) {}
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** Template tag. Within an HTML tag a value must be in double quotes; test/text/markup.test.ts checks all templates. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
	return new Markup(
		strings.reduce((text, string, index) => `${text}${content(values[index - 1])}${string}`),
	);
}

/** Marks a text as HTML, unescaped: only for files of this package. */
export const trusted = (text: string): Markup => new Markup(text);

function content(value: Content): string {
	if (value instanceof Markup) return value.text;
	if (Array.isArray(value)) return value.map(content).join('');
	return value === null || value === undefined || value === false ? '' : escaped(String(value));
}

/** Escapes HTML, and replaces control characters other than line breaks by a dot. */
const escaped = (text: string): string =>
	text
		.split('\n')
		.map(printable)
		.join('\n')
		.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
