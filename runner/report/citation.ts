// SPDX-License-Identifier: MIT
/** Citation of a vector for a commit message: trailers in the forms of the kernel's submitting-patches.rst. */
import type { LiveVector } from '../library/vector';
import { archived } from '../text/links';

/** Digits of a commit in a Fixes: line. */
const COMMIT_DIGITS = 12;

/** Address of the permanent page of a vector. */
export const pageOf = (homepage: string, id: string): string =>
	`${homepage.replace(/\/+$/, '')}/v/${id}`;

export const sentence = ({ id, title }: LiveVector): string =>
	`This is what test vector ${id} of dax-vectors states: "${title}".`;

/** Fixes:, Closes: and Link:, in the usual order; without a homepage, no link to the vector. */
export function trailers({ id, bug }: LiveVector, homepage: string | undefined): string[] {
	const { links } = bug;
	return [
		...links.flatMap(({ role, commit, subject }) =>
			role === 'introduced-by' && commit !== undefined
				? [`Fixes: ${commit.slice(0, COMMIT_DIGITS)} ("${subject}")`]
				: [],
		),
		...links.flatMap(({ role, 'message-id': mail }) =>
			role === 'report' && mail !== undefined ? [`Closes: ${archived(mail)}`] : [],
		),
		...(homepage === undefined ? [] : [`Link: ${pageOf(homepage, id)}`]),
	];
}
