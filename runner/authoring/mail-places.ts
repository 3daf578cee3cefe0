// SPDX-License-Identifier: MIT
/** Calls that a mail changes or names as the place of a bug. */
import type { CallName } from '../../schema/types/common';
import { callsIn } from './findings';
import { changesIn } from './mail-diff';
import type { Block } from './mail-parts';
import { answered } from './mail-words';
import { callsOfSplat, type Splat } from './splat/read';

export interface PlaceSources {
	readonly subject: string;
	readonly blocks: readonly Block[];
	/** Own diff, also of attached patches. */
	readonly diff: readonly string[];
	readonly splats: readonly Splat[];
}

/** Begins a line in which a maintainer says that a series was applied. */
const APPLIED =
	/^(?:(?:both|all|whole|series|patch(?:es)?|this (?:series|patch)|now|i(?:'ve| have)?)[\s,]+)*(?:(?:was|were|has been|have been|been) )?(?:applied|queued|merged|picked up|pushed)\b/im;
/** Titles of other patches, as "applied" mails, cover letters and pull requests list them. */
const TITLE = /^\s*(?:- )?\[[^\]]*\d+\/\d+\]|^\s*- \[[^\]]+\]/;
const SHORTLOG = /^\S.* \(\d+\):$/;

const isReply = (subject: string): boolean => /^\s*(?:re|aw):/i.test(subject);

/** Calls in groups, the most decisive first; empty where the mail neither changes a call nor names one as its place. */
export function placesOf({ subject, blocks, diff, splats }: PlaceSources): CallName[][] {
	const named = isReply(subject) ? [] : callsIn(subject);
	const inSplats = splats.flatMap((splat) => callsOfSplat(splat).map((call) => [call]));
	const groups = diff.length > 0 ? [...ofPatch(named, diff), ...inSplats] : inSplats;
	if (diff.length > 0 || inSplats.length > 0) return groups.filter((group) => group.length > 0);
	const own = blocks.filter(({ quoted }) => !quoted).flatMap(({ lines }) => withoutTitles(lines));
	if (APPLIED.test(own.join('\n'))) return [];
	const said = callsIn(own.join('\n'));
	const candidates = named.length + said.length > 0 ? [named, said] : ofAnswered(blocks);
	return candidates.filter((group) => group.length > 0);
}

/** A patch without a changed call is about none, whatever its description compares it with. */
function ofPatch(named: CallName[], diff: readonly string[]): CallName[][] {
	const { functions, code } = changesIn(diff);
	return [named, callsIn(functions.join('\n')), callsIn(code.join('\n'))];
}

/** Calls of the quoted lines that the sender answers, and the function of a quoted hunk. */
function ofAnswered(blocks: readonly Block[]): CallName[][] {
	const groups: CallName[][] = [];
	const quoted: string[] = [];
	for (const [index, block] of blocks.entries()) {
		if (!block.quoted) continue;
		quoted.push(...block.lines);
		if (index + 1 === blocks.length) continue;
		const lines = answered(block);
		const isHunk = block.lines.some((line) => /^(?:@@ |[+-])/.test(line));
		if (isHunk) groups.push(callsIn(changesIn(quoted).last ?? ''));
		groups.push(callsIn((isHunk ? changesIn(lines).code : lines).join('\n')));
	}
	return groups;
}

function withoutTitles(lines: readonly string[]): string[] {
	let inList = false;
	return lines.filter((line) => {
		inList = SHORTLOG.test(line) || (inList && /^\s+\S/.test(line));
		return !inList && !TITLE.test(line);
	});
}
