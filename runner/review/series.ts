// SPDX-License-Identifier: MIT
/** Finds a series of patches among mails: its version, its patches in order, its cover letter, its base. */
import { notRun } from '../registry';
import type { Mail } from './mails';

export interface SeriesPatch extends Mail {
	/** From 1, as the subject has it. */
	readonly number: number;
	/** Subject without its tags. */
	readonly title: string;
}

export interface Series {
	readonly version: number;
	/** Title of the cover letter; of the first patch without one. */
	readonly title: string;
	readonly cover: Mail | undefined;
	/** In order of their numbers. */
	readonly patches: readonly SeriesPatch[];
	/** Number of patches that the subjects name. */
	readonly total: number;
	/** Numbers that no mail has. */
	readonly missing: readonly number[];
	/** Full hash that the series names as its base. */
	readonly baseCommit: string | undefined;
	/** Other versions among the mails, in order. */
	readonly otherVersions: readonly number[];
}

interface Posted {
	readonly mail: Mail;
	readonly title: string;
	readonly version: number;
	/** Undefined for a patch without a number. */
	readonly number: number | undefined;
	readonly total: number;
	/** Words of the tags besides version and number: what tells apart two series of one thread. */
	readonly words: string;
}

/** The newest version, or the one asked for; of several series, one that touches the paths. Throws Unavailable. */
export function findSeries(
	mails: readonly Mail[],
	touches: (patch: Buffer) => boolean,
	version?: number,
): Series {
	const posted = mails.flatMap((mail) => postedOf(mail) ?? []);
	const all = posted.length > 0 ? posted : withoutTags(mails);
	if (!all.some(({ mail }) => mail.patch.length > 0))
		throw notRun(
			`none of ${mails.length} mails is a patch: save the thread by its "mbox.gz" link on lore.kernel.org`,
		);
	const relevant = groups(all).filter((group) => group.some(({ mail }) => touches(mail.patch)));
	// A series that touches nothing here is still a series, and judged as such.
	const candidates = (relevant.length > 0 ? relevant : groups(all)).sort(newestFirst);
	const versions = [...new Set(candidates.map(([first]) => first.version))].sort((a, b) => a - b);
	const chosen = candidates.find(([first]) => version === undefined || first.version === version);
	if (!chosen)
		throw notRun(`the mails have no version ${version}: they have ${versions.join(', ')}`);
	return assemble(chosen, versions);
}

/** Parses a subject such as "[RFC PATCH v3 7/9] dax: ...". */
function postedOf(mail: Mail): Posted | undefined {
	const [, tags, title] = /^\s*((?:\[[^\]]*\]\s*)+)(.*)$/s.exec(mail.subject) ?? [];
	if (tags === undefined || title === undefined || !/patch/i.test(tags)) return undefined;
	const [numbered, number, total] = /(?<![\w.])(\d{1,4})\/(\d{1,4})(?![\w.])/.exec(tags) ?? [];
	const [versioned, version] = /(?:\b|(?<=patch))v(\d{1,4})\b/i.exec(tags) ?? [];
	const words = tags
		.replace(numbered ?? '', ' ')
		.replace(versioned ?? '', ' ')
		.toLowerCase()
		.match(/[^\s[\]]+/g);
	return {
		mail,
		title: title.trim(),
		version: Number(version ?? 1),
		number: number === undefined ? undefined : Number(number),
		total: Number(total ?? 1),
		words: (words ?? [])
			.filter((word) => word !== 'resend')
			.sort()
			.join(' '),
	};
}

/** Patches that format-patch wrote without tags, in the order of their files. */
function withoutTags(mails: readonly Mail[]): Posted[] {
	const patches = mails.filter(
		({ patch, subject }) => patch.length > 0 && !/^\w+:\s*\[/.test(subject),
	);
	return patches.map((mail, index) => ({
		mail,
		title: mail.subject,
		version: 1,
		number: index + 1,
		total: patches.length,
		words: '',
	}));
}

type Group = readonly [Posted, ...Posted[]];

/** Mails by series; patches without numbers are a series each, or one where there is nothing else. */
function groups(all: readonly Posted[]): Group[] {
	const single = all.some(({ number }) => number !== undefined);
	const byKey = new Map<string, [Posted, ...Posted[]]>();
	for (const [index, each] of all.entries()) {
		const alone = each.number === undefined && single ? index : '';
		const key = JSON.stringify([each.words, each.version, each.total, alone]);
		const group = byKey.get(key);
		if (group) group.push(each);
		else byKey.set(key, [each]);
	}
	return [...byKey.values()];
}

const isDraft = ([{ words }]: Group): number => (/\brfc\b/.test(words) ? 1 : 0);
const dateOf = (group: Group): number =>
	Math.max(0, ...group.map(({ mail }) => Date.parse(mail.date) || 0));

const newestFirst = (a: Group, b: Group): number =>
	isDraft(a) - isDraft(b) ||
	b[0].version - a[0].version ||
	b[0].total - a[0].total ||
	dateOf(b) - dateOf(a);

function assemble(group: Group, versions: readonly number[]): Series {
	const numbers = new Map<number, Posted>();
	const numbered = group.some(({ number }) => number !== undefined);
	for (const [index, each] of group.entries()) {
		const number = numbered ? (each.number ?? 1) : index + 1;
		const known = numbers.get(number);
		// A patch that was sent again replaces the one before.
		if (!known || (Date.parse(each.mail.date) || 0) >= (Date.parse(known.mail.date) || 0))
			numbers.set(number, each);
	}
	const cover = numbers.get(0);
	const patches = [...numbers]
		.filter(([number, { mail }]) => number > 0 && mail.patch.length > 0)
		.sort(([a], [b]) => a - b)
		.map(([number, { mail, title }]): SeriesPatch => ({ ...mail, number, title }));
	const [first] = patches;
	if (!first) throw notRun('the mails have the cover letter only: save the whole thread');
	const total = Math.max(numbered ? group[0].total : 0, patches.at(-1)?.number ?? 0);
	const missing = [...Array(total).keys()]
		.map((index) => index + 1)
		.filter((number) => !patches.some((patch) => patch.number === number));
	return {
		version: group[0].version,
		title: cover?.title ?? first.title,
		cover: cover?.mail,
		patches,
		total,
		missing,
		baseCommit: baseIn(cover?.mail) ?? baseIn(first),
		otherVersions: versions.filter((version) => version !== group[0].version),
	};
}

/** The line that git format-patch --base writes below the cover letter or the first patch. */
function baseIn(mail: Mail | undefined): string | undefined {
	const pattern = /^base-commit: ([0-9a-f]{40,64})\s*$/m;
	return (
		pattern.exec(mail?.text ?? '')?.[1] ?? pattern.exec(mail?.patch.toString('latin1') ?? '')?.[1]
	);
}
