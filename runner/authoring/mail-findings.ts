// SPDX-License-Identifier: MIT
/** Facts of a mail of a kernel list that a vector has a place for. */

import { wrap } from '../text/wrap';
import { callsIn, type Findings, type FoundLink, LINE_WIDTH, safeLine } from './findings';
import type { Mail } from './mail';
import { functionsIn, type MailParts, partsOf, type Trailer } from './mail-parts';

/** Lines of prose that a draft quotes. */
const MAX_PROSE_LINES = 80;
/** Characters of a line of prose; some mails have a paragraph on one line. */
const MAX_PARAGRAPH = 1000;
const MAX_LINKS = 24;
/** Characters of a title, from the schema. */
const [MIN_TITLE, MAX_TITLE] = [10, 100];

/** Facts of a mail. The other mails of its thread are only listed. */
export function findingsOfMail(mail: Mail, others: readonly Mail[] = []): Findings {
	const { messageId, date, by, subject } = mail;
	const text = partsOf(mail.text);
	const diff = [...text.diff, ...mail.attached.flatMap((patch) => patch.split(/\r?\n/))];
	const functions = functionsIn(diff);
	const title = safeLine(
		subject.replace(/^(?:(?:re|fwd?|aw):\s*|\[[^\]]*\]\s*)+/i, ''),
		MAX_TITLE + 1,
	);
	const fits = title.length >= MIN_TITLE && title.length <= MAX_TITLE;
	const links = [
		{ role: 'report' as const, messageId, ...(by !== undefined && { by: safeLine(by) }) },
		...trailerLinks(text.trailers),
		...commitsIn(text.prose.map((line) => line.replace(/^(> ?)+/, '')).join('\n')),
	];
	return {
		about: [
			`the mail <${messageId}>`,
			`date: ${date ?? 'not readable'}`,
			`from: ${by === undefined ? 'no name, only an address' : safeLine(by)}`,
			`subject: ${safeLine(subject)}`,
			...reporters(text),
			...(functions.length > 0 ? [safeLine(`functions in the diff: ${functions.join(', ')}`)] : []),
			...text.trailers.filter(isForeignUrl).map(({ value }) => safeLine(`see also: ${value}`)),
			...others.map((other) =>
				safeLine(`in the same thread: <${other.messageId}> ${other.date ?? ''} ${other.by ?? ''}`),
			),
		],
		...(fits && { title }),
		reported: true,
		links: distinct(links).slice(0, MAX_LINKS),
		calls: [
			...new Set([...callsIn(diff.join('\n')), ...callsIn(`${subject}\n${text.prose.join('\n')}`)]),
		],
		said: quoted(text.prose),
	};
}

function reporters({ trailers }: MailParts): string[] {
	return trailers.filter(isReporter).map(({ value }) => safeLine(`reported by: ${nameOf(value)}`));
}

const isReporter = ({ key }: Trailer): boolean => /^reported(-and-tested)?-by$/.test(key);

/** Name without the address; the library keeps no addresses except those in Message-IDs. */
const nameOf = (person: string): string =>
	person.replace(/\s*<[^>]*>.*$/, '').replace(/^"|"$/g, '');

const isForeignUrl = ({ key, value }: Trailer): boolean =>
	(key === 'closes' || key === 'link') && /^https?:/.test(value) && idIn(value) === undefined;

function* trailerLinks(trailers: readonly Trailer[]): Generator<FoundLink> {
	for (const [index, { key, value }] of trailers.entries()) {
		const before = trailers[index - 1];
		const [, commit, subject] = /^([0-9a-f]{7,40})\b(?:\s*\("(.*)"\))?/.exec(value) ?? [];
		if (key === 'fixes' && commit !== undefined)
			yield { role: 'introduced-by', commit, ...(subject && { subject: safeLine(subject) }) };
		const messageId = key === 'closes' || key === 'link' ? idIn(value) : undefined;
		if (messageId === undefined) continue;
		// A "Link:" after a Reported-by: is the report of a bug that the commit fixes in part.
		const named = before && isReporter(before) ? safeLine(nameOf(before.value)) : '';
		const role = key === 'closes' || named ? 'report' : 'discussion';
		yield { role, messageId, ...(named && { by: named }) };
	}
}

/** The Message-ID in the address of a mail archive of the kernel. */
function idIn(url: string): string | undefined {
	const [, path] =
		/^https?:\/\/(?:lore\.kernel\.org|lkml\.kernel\.org|patch\.msgid\.link)\/(\S{1,300})/.exec(
			url,
		) ?? [];
	const part = path?.split('/').find((each) => /@|%40/.test(each));
	try {
		const id = decodeURIComponent(part ?? '');
		return /^[!-;=?-~]+@[!-;=?-~]+$/.test(id) ? id : undefined;
	} catch {
		return undefined;
	}
}

/** Commits that a text names, without a role: prose does not say how they relate to the bug. */
function* commitsIn(text: string): Generator<FoundLink> {
	const pattern = /\bcommit\s+([0-9a-f]{7,40})\b(?:[,:]?\s+\(["']([^"()]{1,200})["']\))?/gi;
	for (const [, commit, subject] of text.matchAll(pattern))
		yield { commit: commit!, ...(subject && { subject: safeLine(subject.replace(/\s+/g, ' ')) }) };
}

/** The first link to each source, so that a trailer wins over the prose. */
function distinct(links: readonly FoundLink[]): FoundLink[] {
	const same = (a: FoundLink, b: FoundLink): boolean =>
		a.commit === undefined
			? a.messageId === b.messageId
			: b.commit !== undefined && a.commit.slice(0, 7) === b.commit.slice(0, 7);
	return links.filter((link, index) => links.findIndex((other) => same(link, other)) === index);
}

/** Prose without empty lines at either end, at most MAX_PROSE_LINES lines. Diagrams keep their columns. */
function quoted(prose: readonly string[]): string[] {
	const lines = prose
		.join('\n')
		.replace(/^\s*\n/, '')
		.trimEnd()
		.split('\n', 4 * MAX_PROSE_LINES)
		.flatMap((line) => {
			const whole = safeLine(line, MAX_PARAGRAPH);
			return whole.length > LINE_WIDTH ? wrap(whole, LINE_WIDTH) : whole;
		});
	if (lines.length <= MAX_PROSE_LINES) return lines;
	return [...lines.slice(0, MAX_PROSE_LINES), '(cut)'];
}
