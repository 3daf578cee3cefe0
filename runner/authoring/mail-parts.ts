// SPDX-License-Identifier: MIT
/** Splits the text of a mail of a kernel list into own words, quotation, trailers and diff. */

export interface Trailer {
	readonly key: string;
	readonly value: string;
}

/** Lines in a row that are the sender's, or that the sender quotes. */
export interface Block {
	readonly quoted: boolean;
	/** Without the marks of quotation. */
	readonly lines: readonly string[];
}

export interface MailParts {
	/** In order, without trailers, notes below the "---" of a patch, diff and signature. */
	readonly blocks: readonly Block[];
	/** Of the sender and of quoted text. */
	readonly trailers: readonly Trailer[];
	readonly diff: readonly string[];
}

const TRAILER =
	/^((?:[A-Z][a-z]+(?:-[a-z]+)*-by|Fixes|Closes|Link|Patch link|Cc|Message-ID|Change-Id)):[ \t]*(\S.*)$/i;
const DIFF = /^(diff --git |Index: |--- (a\/|\/dev\/null))/;
const QUOTE = /^(?:[>|] ?)+/;
/** Line above text that is quoted without marks. */
const FORWARDED = /^(?:-+ ?(?:Original|Forwarded) Message ?-+|_{20,})$/i;

/** Splits a mail at its own diff, its trailers and its quotations. */
export function partsOf(text: string): MailParts {
	const lines = text.split(/\r?\n/);
	const cut = (from: number, pattern: RegExp): number => {
		const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
		return found < 0 ? lines.length : found;
	};
	const diff = cut(0, DIFF);
	// Only a patch has notes below "---".
	const end = Math.min(
		diff,
		cut(0, diff < lines.length ? /^(---|-- )$/ : /^-- $/),
		cut(0, FORWARDED),
	);
	const trailers: Trailer[] = [];
	const blocks: { quoted: boolean; lines: string[] }[] = [];
	for (let index = 0; index < end; index++) {
		const line = lines[index] ?? '';
		const quoted = line.startsWith('>');
		const unquoted = line.replace(QUOTE, '');
		const [, key, value] = TRAILER.exec(unquoted) ?? [];
		if (key !== undefined && value !== undefined) {
			const rest = /\("[^"]*$/.test(value) ? (lines[index + 1] ?? '').replace(QUOTE, '') : '';
			if (rest !== '') index++;
			trailers.push({ key: key.toLowerCase(), value: `${value} ${rest.trim()}`.trim() });
			continue;
		}
		const last = blocks.at(-1);
		if (last?.quoted === quoted) last.lines.push(quoted ? line.replace(/^> ?/, '') : line);
		else blocks.push({ quoted, lines: [quoted ? line.replace(/^> ?/, '') : line] });
	}
	return {
		blocks: withoutAttributions(blocks),
		trailers,
		diff: lines.slice(diff, cut(diff, /^-- $/)),
	};
}

/** Lines that an attribution such as "On Monday, Robin Example wrote:" may have. */
const MAX_ATTRIBUTION_LINES = 3;

/** Removes the lines above a quotation that say who wrote it, and blocks without words. */
function withoutAttributions(blocks: readonly Block[]): Block[] {
	return blocks
		.map(({ quoted, lines }, index) => {
			if (quoted || !blocks[index + 1]?.quoted) return { quoted, lines };
			const kept = [...lines];
			while (kept.at(-1)?.trim() === '') kept.pop();
			for (let count = 1; count <= MAX_ATTRIBUTION_LINES && count <= kept.length; count++)
				if (isAttribution(kept.slice(-count).join(' ')))
					return { quoted, lines: kept.slice(0, -count) };
			return { quoted, lines };
		})
		.filter(({ lines }) => lines.some((line) => line.trim() !== ''));
}

/** Characters of an attribution. */
const MAX_ATTRIBUTION = 400;

const isAttribution = (text: string): boolean =>
	text.length <= MAX_ATTRIBUTION &&
	/:$/.test(text.trim()) &&
	/^\s*(?:\* |On |Am |Le |El |\d{4}-|[A-Z][a-z]{2},? )/.test(text) &&
	/\b(?:wrote|writes|said|schrieb|écrit|escribió)\b|<\S+@\S+>/.test(text);
