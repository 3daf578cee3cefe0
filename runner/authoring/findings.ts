// SPDX-License-Identifier: MIT
/** What a mail or a kernel log says that a vector has a place for. What it does not say is absent, never guessed. */

import { signatures } from '../../implementations/calls';
import type { CallName } from '../../schema/types/common';

export interface FoundLink {
	/** Absent when the source does not say what the link is to the bug. */
	readonly role?: 'introduced-by' | 'report' | 'discussion';
	/** As long as it was given, which may be too short for a vector. */
	readonly commit?: string;
	readonly subject?: string;
	readonly messageId?: string;
	readonly by?: string;
}

export interface Findings {
	/** Where it was found, and what has no key of its own: one line each. */
	readonly about: readonly string[];
	readonly title?: string;
	/** A person said so on a list. */
	readonly reported: boolean;
	readonly links: readonly FoundLink[];
	/** Calls of the format, in the order in which they were met. */
	readonly calls: readonly CallName[];
	/** The source's own words. */
	readonly said: readonly string[];
}

export const nothing: Findings = { about: [], reported: false, links: [], calls: [], said: [] };

/** The calls of the format among the words of a text. */
export function callsIn(text: string): CallName[] {
	const words = text.match(/\b[a-z_][a-z0-9_]*\b/g) ?? [];
	return [...new Set(words)].filter((word): word is CallName => Object.hasOwn(signatures, word));
}
