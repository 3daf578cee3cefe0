// SPDX-License-Identifier: MIT
/** Commits and mails that a mail of a kernel list names. */
import { type FoundLink, safeLine } from './findings';
import type { Trailer } from './mail-parts';

export const isReporter = ({ key }: Trailer): boolean => /^reported(-and-tested)?-by$/.test(key);

/** Name without the address; the library keeps no addresses except those in Message-IDs. */
export const nameOf = (person: string): string =>
	person.replace(/\s*<[^>]*>.*$/, '').replace(/^"|"$/g, '');

const LINK_KEYS = ['closes', 'link', 'patch link'];

/** True for a link to something else than a mail. */
export const isForeignUrl = ({ key, value }: Trailer): boolean =>
	LINK_KEYS.includes(key) && /^https?:/.test(value) && idIn(value) === undefined;

export function* trailerLinks(trailers: readonly Trailer[]): Generator<FoundLink> {
	for (const [index, { key, value }] of trailers.entries()) {
		const before = trailers[index - 1];
		const [, commit, subject] = /^([0-9a-f]{7,40})\b(?:\s*\("(.*)"\))?/.exec(value) ?? [];
		if (key === 'fixes' && commit !== undefined)
			yield { role: 'introduced-by', commit, ...(subject && { subject: safeLine(subject) }) };
		const messageId = LINK_KEYS.includes(key) ? idIn(value) : undefined;
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
		/^https?:\/\/(?:lore\.kernel\.org|lkml\.kernel\.org|patch\.msgid\.link)\/(\S+)/.exec(url) ?? [];
	const part = path?.split('/').find((each) => /@|%40/.test(each));
	try {
		const id = decodeURIComponent(part ?? '');
		return /^[!-;=?-~]+@[!-;=?-~]+$/.test(id) ? id : undefined;
	} catch {
		return undefined;
	}
}

const HASH = '([0-9a-f]{7,40})\\b';

/** Forms of a commit in prose, with the role that the words give it. */
const FORMS: readonly (readonly [pattern: RegExp, role?: 'introduced-by'])[] = [
	[new RegExp(`^${HASH} is the first bad commit`, 'gim'), 'introduced-by'],
	[new RegExp(`first bad commit:\\s*\\[?${HASH}\\]?(?:[ \\t]+(\\S.*)$)?`, 'gim'), 'introduced-by'],
	[new RegExp(`^#regzbot introduced:? ${HASH}(?!\\.\\.)`, 'gim'), 'introduced-by'],
	// As git log prints it.
	[
		new RegExp(
			`^commit ${HASH}.*\\n(?:(?:Author|AuthorDate|Commit|CommitDate|Date|Merge): .*\\n)+\\s*\\n {4}(\\S.*)$`,
			'gim',
		),
	],
	[
		new RegExp(
			`(?<!HEAD )\\bcommit:?\\s+${HASH}(?:[,:]?\\s+\\((?:"([^"]{1,200})"|'([^']{1,200})')\\))?`,
			'gi',
		),
	],
];

/** Commits that a text names. Most prose does not say how they relate to the bug. */
export function* commitsIn(text: string): Generator<FoundLink> {
	for (const [pattern, role] of FORMS)
		for (const [, commit, ...subjects] of text.matchAll(pattern)) {
			const subject = subjects.find((each) => each !== undefined)?.replace(/\s+/g, ' ');
			yield {
				...(role && { role }),
				commit: commit ?? '',
				...(subject && { subject: safeLine(subject) }),
			};
		}
}

const isSame = (a: FoundLink, b: FoundLink): boolean =>
	a.commit === undefined
		? a.messageId === b.messageId
		: b.commit !== undefined && a.commit.slice(0, 7) === b.commit.slice(0, 7);

/** One link to each source: the first, so that a trailer wins over the prose, with what the others add. */
export function distinct(links: readonly FoundLink[]): FoundLink[] {
	return links
		.filter((link, index) => links.findIndex((other) => isSame(link, other)) === index)
		.map((link) => {
			const all = links.filter((other) => isSame(link, other));
			const role = all.find((each) => each.role)?.role;
			const subject = all.find((each) => each.subject)?.subject;
			return { ...link, ...(role && { role }), ...(subject && { subject }) };
		});
}
