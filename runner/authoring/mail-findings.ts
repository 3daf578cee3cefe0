// SPDX-License-Identifier: MIT
/** Facts of a mail of a kernel list that a vector has a place for. */

import { type Findings, type FoundLink, safeLine } from './findings';
import type { Mail } from './mail';
import { changesIn } from './mail-diff';
import { commitsIn, distinct, isForeignUrl, isReporter, nameOf, trailerLinks } from './mail-links';
import { type Block, type MailParts, partsOf } from './mail-parts';
import { placesOf } from './mail-places';
import { wordsOf } from './mail-words';
import { concernsDax, type Splat, splatLines, splatsIn } from './splat/read';

const MAX_LINKS = 24;
/** Mails of a thread that a draft lists. */
const MAX_THREAD = 30;
/** Characters of a title, from the schema. */
const [MIN_TITLE, MAX_TITLE] = [10, 100];

/** Says that nothing was guessed. */
export const NAMES_NO_CALL = 'it names no call as changed or broken';

/** Facts of a mail. others: the other mails of its thread. */
export function findingsOfMail(mail: Mail, others: readonly Mail[] = []): Findings {
	const { messageId, by, subject } = mail;
	const parts = partsOf(mail.text);
	const diff = diffOf(mail, parts);
	const splatsOf = (block: Block) => splatsIn(block.lines.join('\n'));
	const ownSplats = parts.blocks.filter(({ quoted }) => !quoted).flatMap(splatsOf);
	const splats = ownSplats.length > 0 ? ownSplats : parts.blocks.flatMap(splatsOf);
	const places = placesOf({ subject, blocks: parts.blocks, diff, splats: ownSplats });
	const isAbout = places.length > 0;
	const patch = patchAnswered(mail, others);
	const own: FoundLink = { messageId, ...(by !== undefined && { by: safeLine(by) }) };
	const parent = patch?.messageId ?? mail.inReplyTo;
	const links: FoundLink[] = [
		isAbout ? { role: 'report', ...own } : own,
		...trailerLinks(parts.trailers),
		...commitsIn(parts.blocks.flatMap(({ lines }) => lines.map(unquoted)).join('\n')),
		...(parent === undefined ? [] : [{ role: 'discussion' as const, messageId: parent }]),
		...(patch ? trailerLinks(partsOf(patch.text).trailers) : []),
	];
	return {
		about: [
			...headerLines(mail),
			...(isAbout ? [] : [NAMES_NO_CALL]),
			...personsAndUrls(parts),
			...changedFunctions('functions changed', diff),
			...splats.slice(0, MAX_SPLATS).sort(daxFirst).flatMap(splatLines),
			...(patch ? answeredLines(patch) : []),
			...threadLines(others),
		],
		...titleOf(subject),
		reported: isAbout,
		links: distinct(links).slice(0, MAX_LINKS),
		places,
		said: wordsOf(parts.blocks, splatsOf),
	};
}

/** Splats of one mail that a draft has the facts of. */
const MAX_SPLATS = 3;
const daxFirst = (a: Splat, b: Splat): number => Number(concernsDax(b)) - Number(concernsDax(a));

const unquoted = (line: string): string => line.replace(/^(?:[>|] ?)+/, '');

const diffOf = (mail: Mail, parts: MailParts): string[] => [
	...parts.diff,
	...mail.attached.flatMap((patch) => patch.split(/\r?\n/)),
];

const headerLines = ({ messageId, date, by, subject }: Mail): string[] => [
	`the mail <${messageId}>`,
	`date: ${date ?? 'not readable'}`,
	`from: ${by === undefined ? 'no name, only an address' : safeLine(by)}`,
	`subject: ${safeLine(subject)}`,
];

function titleOf(subject: string): { title?: string } {
	const title = safeLine(
		subject.replace(/^(?:(?:re|fwd?|aw):\s*|\[[^\]]*\]\s*)+/i, ''),
		MAX_TITLE + 1,
	);
	return title.length >= MIN_TITLE && title.length <= MAX_TITLE ? { title } : {};
}

const personsAndUrls = ({ trailers }: MailParts): string[] => [
	...new Set([
		...trailers.filter(isReporter).map(({ value }) => safeLine(`reported by: ${nameOf(value)}`)),
		...trailers.filter(isForeignUrl).map(({ value }) => safeLine(`see also: ${value}`)),
	]),
];

function changedFunctions(words: string, diff: readonly string[]): string[] {
	const { functions } = changesIn(diff);
	return functions.length > 0 ? [safeLine(`${words}: ${functions.join(', ')}`)] : [];
}

/** The patch that a reply answers, directly or through other replies. */
function patchAnswered({ inReplyTo, references }: Mail, others: readonly Mail[]): Mail | undefined {
	const above = [inReplyTo, ...[...references].reverse()];
	return above
		.map((id) => others.find(({ messageId }) => messageId === id))
		.find((mail) => mail && diffOf(mail, partsOf(mail.text)).length > 0);
}

const answeredLines = (patch: Mail): string[] => [
	`answers the patch <${patch.messageId}>`,
	safeLine(`  ${lineOf(patch)}`),
	...changedFunctions('  functions changed there', diffOf(patch, partsOf(patch.text))),
];

/** Date, sender and subject. */
export const lineOf = ({ date, by, subject }: Mail): string =>
	[date ?? '(no date)', by ?? '(no name)', subject].join('  ');

function threadLines(others: readonly Mail[]): string[] {
	if (others.length === 0) return [];
	const more = others.length - MAX_THREAD;
	return [
		'in the same thread:',
		...others
			.slice(0, MAX_THREAD)
			.flatMap((other) => [safeLine(`  ${lineOf(other)}`), `    <${other.messageId}>`]),
		...(more > 0 ? [`  and ${more} more`] : []),
	];
}

/** True for the mail above the patches of a series. */
const isCover = ({ subject }: Mail): boolean => /^\s*\[[^\]]*\b0+\/\d+\]/.test(subject);

/** The first mail of a thread that reports or fixes something; without one, the first after the cover letter. */
export function proposedMail(mails: readonly Mail[]): Mail | undefined {
	const candidates = mails.filter((mail) => !isCover(mail));
	const isAbout = (mail: Mail) => findingsOfMail(mail).places.length > 0;
	return candidates.find(isAbout) ?? mails.find(isAbout) ?? candidates[0] ?? mails[0];
}
