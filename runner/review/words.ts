// SPDX-License-Identifier: MIT
/** Sentences about the changes of a patch. */
import type { LiveVector } from '../library/vector';
import { archived } from '../text/links';
import { type Cause, causesOf } from './causes';
import type { ChangeKind } from './changes';
import type { ReviewedPatch } from './review';

const MAX_NAMED = 6;

/** Such as "fixes DAXV-0001 and makes DAXV-0020 fail: 1 WARN in fs_put_dax(), expected 0". */
export function sentenceOf({ changes }: Pick<ReviewedPatch, 'changes'>): string {
	const causes = causesOf(changes.filter(({ after }) => after.scored));
	const fixed = vectorsOf(causes, 'fixes');
	const parts = [
		...(fixed.length > 0 ? [`fixes ${listed(fixed, MAX_NAMED)}`] : []),
		...causes.filter(({ kind }) => kind === 'else').map(otherwise),
		...causes
			.filter(({ kind }) => kind === 'breaks')
			.map(({ vectors, message }) => `makes ${listed(vectors, MAX_NAMED)} fail: ${message}`),
	];
	return parts.length === 0 ? 'changes no verdict that is scored' : enumerated(parts);
}

const vectorsOf = (causes: readonly Cause[], wanted: Cause['kind']): string[] => {
	const own = causes.filter(({ kind }) => kind === wanted).flatMap(({ vectors }) => vectors);
	return [...new Set(own)].sort();
};

const OTHERWISE: Readonly<Partial<Record<ChangeKind, (what: string) => string>>> = {
	starts: (what) => `adds what ${what} needs, with success`,
	ends: (what) => `removes what ${what} needs`,
	undecided: (what) => `leaves ${what} undecided`,
};

const otherwise = ({ example, vectors }: Cause): string =>
	OTHERWISE[example.kind]?.(listed(vectors, MAX_NAMED)) ?? '';

const enumerated = (parts: readonly string[]): string =>
	parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** Such as "a, b and c", or "a, b and 3 more". */
export function listed(names: readonly string[], most: number): string {
	if (names.length <= most + 1) return enumerated(names);
	return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** Where upstream states the rule of a vector: a mail or a commit; empty when the vector has no link. */
export function sourceOf({ bug }: LiveVector): string {
	const links = bug.links;
	const link = links.find(({ role }) => role === 'rule') ?? links[0];
	if (!link) return '';
	return link['message-id'] === undefined
		? `commit ${link.commit} ("${link.subject}")`
		: archived(link['message-id']);
}
