// SPDX-License-Identifier: MIT
/** A vector as commit messages cite it: trailers in the forms of the kernel's submitting-patches.rst. */
import type { LiveVector } from '../library/vector';
import { archived } from '../text/links';

/** Digits of a commit in a Fixes: line. */
const DIGITS = 12;

/** The permanent page of a vector, whatever becomes of its title or its folder. */
export const pageOf = (homepage: string, id: string): string =>
	`${homepage.replace(/\/+$/, '')}/v/${id}`;

/** One sentence. */
export const sentence = ({ id, title }: LiveVector): string =>
	`This is what test vector ${id} of dax-vectors states: "${title}".`;

/** Fixes:, Closes: and Link:, in the order in which they are usual; without a homepage, no link to the vector. */
export function trailers({ id, bug }: LiveVector, homepage: string | undefined): string[] {
	const { links } = bug;
	return [
		...links
			.filter(({ role, commit }) => role === 'introduced-by' && commit !== undefined)
			.map(({ commit, subject }) => `Fixes: ${commit!.slice(0, DIGITS)} ("${subject}")`),
		...links
			.filter(({ role, 'message-id': mail }) => role === 'report' && mail !== undefined)
			.map((link) => `Closes: ${archived(link['message-id']!)}`),
		...(homepage === undefined ? [] : [`Link: ${pageOf(homepage, id)}`]),
	];
}
