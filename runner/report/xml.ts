// SPDX-License-Identifier: MIT
/** Writes XML: elements, attributes and text, each escaped. */
import { printable } from '../text/printable';

/**
 * Escapes text, with a dot for characters that no XML 1.0 document may hold: controls, half a surrogate pair, U+FFFE,
 * U+FFFF.
 */
export function escaped(text: string): string {
	return text
		.split('\n')
		.map((line) => printable(line).replace(/[\ufffe\uffff]/g, '\u00b7'))
		.join('\n')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** An element around XML. Line breaks in attributes are escaped: a parser would read them as blanks. */
export function element(
	name: string,
	attributes: Readonly<Record<string, string | number>>,
	content: readonly string[] = [],
): string {
	const given = Object.entries(attributes)
		.map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`)
		.join('');
	return content.length === 0
		? `<${name}${given}/>`
		: `<${name}${given}>${content.join('')}</${name}>`;
}
