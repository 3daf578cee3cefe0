// SPDX-License-Identifier: MIT
/** The text of a mail of a kernel list in its parts: what was said, its trailers, its diff. */

export interface Trailer {
	readonly key: string;
	readonly value: string;
}

export interface PatchText {
	/** What was said, without trailers, notes below the "---", diff and signature. */
	readonly prose: readonly string[];
	readonly trailers: readonly Trailer[];
	readonly diff: readonly string[];
}

const TRAILER =
	/^((?:[A-Z][a-z]+(?:-[a-z]+)*-by|Fixes|Closes|Link|Cc|Message-ID|Change-Id)):[ \t]*(\S.*)$/i;
const DIFF = /^(diff --git |Index: |--- (a\/|\/dev\/null))/;

export function partsOf(text: string): PatchText {
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
		if (key === undefined) prose.push(line);
		else trailers.push({ key: key.toLowerCase(), value: value!.trim() });
	}
	return { prose, trailers, diff: lines.slice(diff, cut(diff, /^-- $/)) };
}

/** The functions that a diff says it changes, as its hunks name them. */
export function functionsIn(diff: readonly string[]): string[] {
	const names = diff.flatMap((line) => {
		const [, context] = /^@@ [^@]{1,80} @@ (.{1,200})/.exec(line) ?? [];
		const [, hunk] = /([A-Za-z_]\w*)\s*\(/.exec(context ?? '') ?? [];
		// A function's first line, where the hunk begins above it.
		const [, defined] = /^[ +-](?:[a-z_]\w*[ *]+)+([a-z_]\w*)\([^;]*$/.exec(line) ?? [];
		return [hunk, defined].filter((name) => name !== undefined);
	});
	return [...new Set(names)].filter((name) => !/^(if|for|while|switch|return)$/.test(name));
}
