// SPDX-License-Identifier: MIT
/** How a commit message or a mail cites a vector: a sentence and trailers as submitting-patches.rst has them. */
import type { Link, Vector } from '../../schema/types/vector';
import { wrap } from '../wrap';

const WIDTH = 72;

export function citation({ id, title, bug }: Vector): string[] {
	const sentence = `Test vector ${id} states it: ${title[0]!.toLowerCase()}${title.slice(1)}.`;
	return [...wrap(sentence, WIDTH), '', ...(bug?.links ?? []).flatMap(trailer)];
}

/** Where a source can be read. */
export const url = (link: Link): string =>
	link.commit === undefined
		? `https://lore.kernel.org/r/${encodeURIComponent(link['message-id']!).replaceAll('%40', '@')}`
		: `https://git.kernel.org/torvalds/c/${link.commit}`;

function trailer(link: Link): string[] {
	if (link.role === 'introduced-by')
		return [`Fixes: ${link.commit!.slice(0, 12)} ("${link.subject}")`];
	if (link.commit !== undefined || link.role === 'discussion') return [];
	return [`${link.role === 'report' ? 'Closes' : 'Link'}: ${url(link)}`];
}
