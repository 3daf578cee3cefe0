// SPDX-License-Identifier: MIT
/**
 * Replay tokens: one execution of one program, in at most 60 characters that terminals and mails do not change.
 *
 *   dv1.0001.3f9a2c1b.AgIh[@v6.12-stable]
 *
 * The id's digits, the program's fingerprint, the schedule (base64url: the number of its runs, then a byte for each
 * with agent and length), and the name of a revision or mutant of the reference, so that the token alone reproduces
 * the execution. The number of runs reveals a truncated token.
 */
import type { Case } from '../library/compile';
import { UsageError } from '../text/user-error';

/** Characters at most. */
export const TOKEN_LIMIT = 60;

export interface Token {
	readonly id: string;
	readonly fingerprint: string;
	readonly schedule: number[];
	/** Address of the implementation; null when the token names none. */
	readonly address: string | null;
}

/** Encodes an execution; null when the schedule has too many switches or agents for a token. */
export function toToken(
	{ vector, fingerprint }: Pick<Case, 'vector' | 'fingerprint'>,
	schedule: readonly number[],
	address: string,
): string | null {
	if (schedule.some((agent) => agent > MAX_AGENT)) return null;
	const runs = toRuns(schedule);
	const text = Buffer.from([runs.length, ...runs]).toString('base64url');
	const token = `dv1.${vector.id.slice('DAXV-'.length)}.${fingerprint}.${text}`;
	const [, revision] = /^reference(?::(.+))?$/.exec(address) ?? [];
	const suffix = revision === undefined ? '' : `@${revision}`;
	if (token.length + suffix.length <= TOKEN_LIMIT) return token + suffix;
	return token.length <= TOKEN_LIMIT ? token : null;
}

/** Decodes a token; throws UsageError. */
export function fromToken(text: string): Token {
	const [, format] = /^dv(\d+)\./.exec(text) ?? [];
	if (format !== undefined && format !== '1')
		throw new UsageError(
			`a token of format ${format}, and this runner reads format 1: update dax-vectors`,
		);
	const match =
		/^dv1\.(?<number>\d{4})\.(?<fingerprint>[0-9a-f]{8})\.(?<runs>[A-Za-z0-9_-]+)(?:@(?<revision>[a-z0-9.-]+))?$/.exec(
			text,
		);
	if (!match?.groups)
		throw new UsageError(
			'no replay token: one reads dv1.NUMBER.FINGERPRINT.SCHEDULE, as printed below a failure',
		);
	const { number, fingerprint = '', runs = '', revision } = match.groups;
	return {
		id: `DAXV-${number}`,
		fingerprint,
		schedule: fromRuns(runs),
		address: revision === undefined ? null : `reference:${revision}`,
	};
}

/** A run is one byte: three bits of agent, five of length. */
const LENGTH_BITS = 5;
const MAX_RUN_LENGTH = (1 << LENGTH_BITS) - 1;
const MAX_AGENT = 7;

/** Packs a schedule into bytes, one for each run of the same agent. */
function toRuns(schedule: readonly number[]): number[] {
	const runs: number[] = [];
	for (const agent of schedule) {
		const last = runs.at(-1) ?? 0;
		const length = last & MAX_RUN_LENGTH;
		if (runs.length > 0 && last >> LENGTH_BITS === agent && length < MAX_RUN_LENGTH)
			runs[runs.length - 1] = last + 1;
		else runs.push((agent << LENGTH_BITS) | 1);
	}
	return runs;
}

function fromRuns(text: string): number[] {
	const [count, ...runs] = Buffer.from(text, 'base64url');
	if (count === undefined || runs.length < count)
		throw new UsageError('the token is truncated: copy all of it');
	const whole = Buffer.from([count, ...runs]).toString('base64url');
	if (runs.length > count || whole !== text || runs.some((run) => (run & MAX_RUN_LENGTH) === 0))
		throw new UsageError('a malformed token: copy it again from the report');
	return [...runs].flatMap((run) =>
		new Array<number>(run & MAX_RUN_LENGTH).fill(run >> LENGTH_BITS),
	);
}
