// SPDX-License-Identifier: MIT
/** Converts the arguments of notify_failure() between numbers and the names of vectors. */
import type { Execution } from '../schema/types/execution';

type Callback = Execution['callbacks'][number];

/** enum mf_flags */
const bits = {
	MF_ACTION_REQUIRED: 1 << 1,
	MF_MEM_PRE_REMOVE: 1 << 7,
} as const;

export const U64_MAX = 2n ** 64n - 1n;

/** A length in bytes; U64_MAX for the whole device. */
export const lengthName = (length: bigint): Callback['length'] =>
	length === U64_MAX ? 'U64_MAX' : Number(length);

/** The number of named flags. */
export const flagsNumber = (flags: Callback['flags'] | null | undefined): number =>
	flags ? bits[flags] : 0;

/** Names flags. A combination without a name stays a number, which the execution schema refuses. */
export function flagsName(flags: number): Callback['flags'] {
	const known = Object.entries(bits).find(([, bit]) => bit === flags);
	return (known?.[0] ?? flags) as Callback['flags'];
}
