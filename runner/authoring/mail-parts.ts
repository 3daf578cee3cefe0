// SPDX-License-Identifier: MIT
/** Splits the text of a mail of a kernel list into prose, trailers and diff. */

export interface Trailer {
	readonly key: string;
	readonly value: string;
}

export interface MailParts {
	/** Lines without trailers, notes below the "---", diff and signature. */
	readonly prose: readonly string[];
	readonly trailers: readonly Trailer[];
	readonly diff: readonly string[];
}

const TRAILER =
	/^((?:[A-Z][a-z]+(?:-[a-z]+)*-by|Fixes|Closes|Link|Cc|Message-ID|Change-Id)):[ \t]*(\S.*)$/i;
const DIFF = /^(diff --git |Index: |--- (a\/|\/dev\/null))/;

/** Splits a mail at its first diff and its trailers. */
export function partsOf(text: string): MailParts {
	const lines = text.split(/\r?\n/);
	const cut = (from: number, pattern: RegExp): number => {
		const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
		return found < 0 ? lines.length : found;
	};
	const diff = cut(0, DIFF);
	const end = Math.min(diff, cut(0, /^(---|-- )$/));
	const prose: string[] = [];
	const trailers: Trailer[] = [];
	for (const line of lines.slice(0, end)) {
		const [, key, value] = TRAILER.exec(line) ?? [];
		if (key === undefined || value === undefined) prose.push(line);
		else trailers.push({ key: key.toLowerCase(), value: value.trim() });
	}
	return { prose, trailers, diff: lines.slice(diff, cut(diff, /^-- $/)) };
}

/** Functions that a diff changes, as its hunk headers and added definitions name them. */
export function functionsIn(diff: readonly string[]): string[] {
	const names = diff.flatMap((line) => {
		const [, context] = /^@@ [^@]{1,80} @@ (.{1,200})/.exec(line) ?? [];
		const [, hunk] = /([A-Za-z_]\w*)\s*\(/.exec(context ?? '') ?? [];
		// Definition of a function inside the hunk.
		const [, defined] = /^[ +-](?:[a-z_]\w*[ *]+)+([a-z_]\w*)\([^;]*$/.exec(line) ?? [];
		return [hunk, defined].filter((name) => name !== undefined);
	});
	return [...new Set(names)].filter((name) => !/^(if|for|while|switch|return)$/.test(name));
}
