// SPDX-License-Identifier: MIT
/**
 * Replay tokens: one execution of one program, in at most 60 characters that any terminal and mail lets through.
 *
 *   dv1.0001.3f9a2c1b.AgIh[@v6.12-stable]
 *
 * The id's digits, the program's fingerprint, the schedule (base64url: the number of its runs, then a byte for each
 * with agent and length), and for a revision or mutant of the reference its name, so that the token alone reproduces
 * what it stands for. Without the number, a token that lost its end would stand for another interleaving.
 */

import type { Case } from '../library/compile';
import { UserError } from '../text/user-error';

export const TOKEN_LIMIT = 60;

export interface Token {
	readonly id: string;
	readonly fingerprint: string;
	readonly schedule: number[];
	/** Address of the implementation; null when the token does not say. */
	readonly address: string | null;
}

/** A token that cannot be replayed, and why. */
export class TokenError extends UserError {}

/** null when the schedule has too many switches or agents for a token. */
export function toToken(
	{ vector, fingerprint }: Pick<Case, 'vector' | 'fingerprint'>,
	schedule: readonly number[],
	address: string,
): string | null {
	if (schedule.some((agent) => agent > LAST_AGENT)) return null;
	const runs = toRuns(schedule);
	const text = Buffer.from([runs.length, ...runs]).toString('base64url');
	const token = `dv1.${vector.id.slice('DAXV-'.length)}.${fingerprint}.${text}`;
	const [, revision] = /^reference(?::(.+))?$/.exec(address) ?? [];
	const suffix = revision === undefined ? '' : `@${revision}`;
	if (token.length + suffix.length <= TOKEN_LIMIT) return token + suffix;
	return token.length <= TOKEN_LIMIT ? token : null;
}

export function fromToken(text: string): Token {
	const [, format] = /^dv(\d+)\./.exec(text) ?? [];
	if (format !== undefined && format !== '1')
		throw new TokenError(`a token of format ${format}: this runner knows format 1`);
	const match = /^dv1\.(\d{4})\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)(?:@([a-z0-9.-]+))?$/.exec(text);
	if (!match) throw new TokenError('this is no replay token: dv1.NUMBER.FINGERPRINT.SCHEDULE');
	const [, number, fingerprint, runs, revision] = match;
	return {
		id: `DAXV-${number}`,
		fingerprint: fingerprint!,
		schedule: fromRuns(runs!),
		address: revision === undefined ? null : `reference:${revision}`,
	};
}

/** Three bits of agent, five of length. */
const LENGTH_BITS = 5;
const LONGEST = (1 << LENGTH_BITS) - 1;
const LAST_AGENT = 7;

function toRuns(schedule: readonly number[]): number[] {
	const runs: number[] = [];
	for (let start = 0; start < schedule.length; ) {
		const agent = schedule[start]!;
		let end = start + 1;
		while (end < schedule.length && schedule[end] === agent && end - start < LONGEST) end++;
		runs.push((agent << LENGTH_BITS) | (end - start));
		start = end;
	}
	return runs;
}

function fromRuns(text: string): number[] {
	const [count, ...runs] = Buffer.from(text, 'base64url');
	if (count === undefined || runs.length < count)
		throw new TokenError('a token that lost its end: copy all of it');
	const whole = Buffer.from([count, ...runs]).toString('base64url');
	if (runs.length > count || whole !== text || runs.some((run) => (run & LONGEST) === 0))
		throw new TokenError('a malformed token: its schedule is not as a runner writes it');
	return [...runs].flatMap((run) => new Array<number>(run & LONGEST).fill(run >> LENGTH_BITS));
}
