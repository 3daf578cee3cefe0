// SPDX-License-Identifier: MIT
/** What a mail of a kernel list reports, as far as a vector has a place for it. */

import { wrap } from '../text/wrap';
import { callsIn, type Findings, type FoundLink } from './findings';
import { fit, WIDTH } from './foreign-text';
import type { Mail } from './mail';
import { functionsIn, type PatchText, partsOf, type Trailer } from './mail-parts';

/** Nobody reads more of a mail in a draft. */
const SAID_LINES = 80;
/** Characters. Some write a paragraph as one line. */
const PARAGRAPH = 1000;
const LINKS = 24;
/** Of a title: see the schema. */
const [SHORTEST, LONGEST] = [10, 100];

/** Others are the other mails of the thread: where more was said. */
export function findingsOf(mail: Mail, others: readonly Mail[] = []): Findings {
	const { messageId, date, by, subject } = mail;
	const text = partsOf(mail.text);
	const diff = [...text.diff, ...mail.attached.flatMap((patch) => patch.split(/\r?\n/))];
	const functions = functionsIn(diff);
	const title = fit(subject.replace(/^(?:(?:re|fwd?|aw):\s*|\[[^\]]*\]\s*)+/i, ''), LONGEST + 1);
	const fits = title.length >= SHORTEST && title.length <= LONGEST;
	const links = [
		{ role: 'report' as const, messageId, ...(by !== undefined && { by: fit(by) }) },
		...trailerLinks(text.trailers),
		...commitsIn(text.prose.map((line) => line.replace(/^(> ?)+/, '')).join('\n')),
	];
	return {
		about: [
			`the mail <${messageId}>`,
			`date: ${date ?? 'not readable'}`,
			`from: ${by === undefined ? 'no name, only an address' : fit(by)}`,
			`subject: ${fit(subject)}`,
			...reporters(text),
			...(functions.length > 0 ? [fit(`functions in the diff: ${functions.join(', ')}`)] : []),
			...text.trailers.filter(isForeignUrl).map(({ value }) => fit(`see also: ${value}`)),
			...others.map((other) =>
				fit(`in the same thread: <${other.messageId}> ${other.date ?? ''} ${other.by ?? ''}`),
			),
		],
		...(fits && { title }),
		reported: true,
		links: distinct(links).slice(0, LINKS),
		calls: [
			...new Set([...callsIn(diff.join('\n')), ...callsIn(`${subject}\n${text.prose.join('\n')}`)]),
		],
		said: trimmed(text.prose),
	};
}

function reporters({ trailers }: PatchText): string[] {
	return trailers.filter(isReporter).map(({ value }) => fit(`reported by: ${nameOf(value)}`));
}

const isReporter = ({ key }: Trailer): boolean => /^reported(-and-tested)?-by$/.test(key);

/** Without the address: a library keeps none but those that Message-IDs hold. */
const nameOf = (person: string): string =>
	person.replace(/\s*<[^>]*>.*$/, '').replace(/^"|"$/g, '');

const isForeignUrl = ({ key, value }: Trailer): boolean =>
	(key === 'closes' || key === 'link') && /^https?:/.test(value) && idIn(value) === undefined;

function* trailerLinks(trailers: readonly Trailer[]): Generator<FoundLink> {
	for (const [index, { key, value }] of trailers.entries()) {
		const before = trailers[index - 1];
		const [, commit, subject] = /^([0-9a-f]{7,40})\b(?:\s*\("(.*)"\))?/.exec(value) ?? [];
		if (key === 'fixes' && commit !== undefined)
			yield { role: 'introduced-by', commit, ...(subject && { subject: fit(subject) }) };
		const messageId = key === 'closes' || key === 'link' ? idIn(value) : undefined;
		if (messageId === undefined) continue;
		// "Link:" after a reporter is the report as well, where only a part of it is fixed.
		const named = before && isReporter(before) ? fit(nameOf(before.value)) : '';
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

/** Commits that a text speaks of. What they are to the bug, it does not say in a form that could be read. */
function* commitsIn(text: string): Generator<FoundLink> {
	const pattern = /\bcommit\s+([0-9a-f]{7,40})\b(?:[,:]?\s+\(["']([^"()]{1,200})["']\))?/gi;
	for (const [, commit, subject] of text.matchAll(pattern))
		yield { commit: commit!, ...(subject && { subject: fit(subject.replace(/\s+/g, ' ')) }) };
}

/** The first that names each source: what a trailer said of it, before what the text did. */
function distinct(links: readonly FoundLink[]): FoundLink[] {
	const same = (a: FoundLink, b: FoundLink): boolean =>
		a.commit === undefined
			? a.messageId === b.messageId
			: b.commit !== undefined && a.commit.slice(0, 7) === b.commit.slice(0, 7);
	return links.filter((link, index) => links.findIndex((other) => same(link, other)) === index);
}

/** Without blank lines at either end, and no more of it than is read. A diagram keeps its columns. */
function trimmed(prose: readonly string[]): string[] {
	const lines = prose
		.join('\n')
		.replace(/^\s*\n/, '')
		.trimEnd()
		.split('\n', 4 * SAID_LINES)
		.flatMap((line) => {
			const whole = fit(line, PARAGRAPH);
			return whole.length > WIDTH ? wrap(whole, WIDTH) : whole;
		});
	if (lines.length <= SAID_LINES) return lines;
	return [...lines.slice(0, SAID_LINES), '(and so on)'];
}
