// SPDX-License-Identifier: MIT
/** Facts of a mail or a kernel log that a vector has a place for. Facts that the source does not give are absent. */

import { signatures } from '../../implementations/calls';
import type { CallName } from '../../schema/types/common';
import { printable } from '../text/printable';

export interface FoundLink {
	/** Absent when the source does not say how the link relates to the bug. */
	readonly role?: 'introduced-by' | 'report' | 'discussion';
	/** Hexadecimal digits as given, which may be too few for a vector. */
	readonly commit?: string;
	readonly subject?: string;
	readonly messageId?: string;
	readonly by?: string;
}

export interface Findings {
	/** The source, and facts without a key of their own: one line each. */
	readonly about: readonly string[];
	readonly title?: string;
	/** True for a mail that names a call as changed or broken: a person reported it on a list. */
	readonly reported: boolean;
	readonly links: readonly FoundLink[];
	/** Calls that the source changes or names as the place of a bug, in groups, the most decisive first. */
	readonly places: readonly (readonly CallName[])[];
	/** Lines of the source's own prose. */
	readonly said: readonly string[];
}

export const noFindings: Findings = { about: [], reported: false, links: [], places: [], said: [] };

/** The calls of the format among the words of a text. */
export function callsIn(text: string): CallName[] {
	const words = text.match(/\b[a-z_][a-z0-9_]*\b/g) ?? [];
	return [...new Set(words)].filter((word): word is CallName => Object.hasOwn(signatures, word));
}

/** Calls of all groups, each once. */
export const callsOf = ({ places }: Pick<Findings, 'places'>): CallName[] => [
	...new Set(places.flat()),
];

const TAB_WIDTH = 8;
/** Columns of a line that is copied into a draft. */
export const LINE_WIDTH = 110;

/** A line of untrusted text, safe for a comment or a value: printable, tabs expanded, cut to a width. */
export function safeLine(text: string, width = LINE_WIDTH): string {
	let expanded = '';
	for (const part of text.slice(0, 4 * width).split(/(\t)/))
		expanded += part === '\t' ? ' '.repeat(TAB_WIDTH - (expanded.length % TAB_WIDTH)) : part;
	const line = expanded.trimEnd();
	return printable(line.length > width ? `${line.slice(0, width - 3)}...` : line);
}
