// SPDX-License-Identifier: MIT
/** What a holder is told of a memory failure: as numbers, and in the words of vectors. */
import type { Execution } from '../schema/types/execution';

type Told = Execution['callbacks'][number];

/** enum mf_flags */
const bits = {
	MF_ACTION_REQUIRED: 1 << 1,
	MF_MEM_PRE_REMOVE: 1 << 7,
} as const;

export const U64_MAX = 2n ** 64n - 1n;

/** Bytes; all of the device is U64_MAX. */
export const lengthName = (length: bigint): Told['length'] =>
	length === U64_MAX ? 'U64_MAX' : Number(length);

export const flagsNumber = (flags: Told['flags'] | null | undefined): number =>
	flags ? bits[flags] : 0;

/** A combination that no vector can name is said as it is, and is then no valid execution. */
export function flagsName(flags: number): Told['flags'] {
	const known = Object.entries(bits).find(([, bit]) => bit === flags);
	return (known?.[0] ?? flags) as Told['flags'];
}
