// SPDX-License-Identifier: MIT
/** Converts the arguments of notify_failure() and of accesses between numbers and the names of vectors. */
import type { Execution } from '../schema/types/execution';

type Callback = Execution['callbacks'][number];

/** enum mf_flags, from the lowest bit on */
const FLAGS = [
	'MF_COUNT_INCREASED',
	'MF_ACTION_REQUIRED',
	'MF_MUST_KILL',
	'MF_SOFT_OFFLINE',
	'MF_UNPOISON',
	'MF_SW_SIMULATED',
	'MF_NO_RETRY',
	'MF_MEM_PRE_REMOVE',
] as const;

const U64_MAX = 2n ** 64n - 1n;

/** Names an offset or a length in bytes: U64_MAX, and other numbers that JavaScript cannot hold as hexadecimal text. */
export function bytesName(bytes: bigint): Callback['length'] {
	if (bytes === U64_MAX) return 'U64_MAX';
	return bytes <= Number.MAX_SAFE_INTEGER ? Number(bytes) : `0x${bytes.toString(16)}`;
}

/** The number of a named offset or length. */
export const bytesNumber = (bytes: Callback['length']): bigint =>
	bytes === 'U64_MAX' ? U64_MAX : BigInt(bytes);

/** The pages of a length, as the signed number that a kernel function takes: -1 for U64_MAX. */
export const pagesOf = (length: Callback['length']): bigint =>
	BigInt.asIntN(64, bytesNumber(length)) >> 12n;

/** The number of named flags. */
export const flagsNumber = (flags: Callback['flags'] | null | undefined): number => {
	if (typeof flags !== 'string') return flags ?? 0;
	return 1 << FLAGS.indexOf(flags);
};

/** Names one flag; none and several stay a number. */
export const flagsName = (flags: number): Callback['flags'] =>
	FLAGS.find((_, bit) => flags === 1 << bit) ?? flags;
