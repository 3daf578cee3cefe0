// SPDX-License-Identifier: MIT
/** Interface of a check of `adapter check`, and programs that several checks use. */
import type { CallName } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import { programOf, type Subject } from './subject';

export interface Check {
	readonly name: string;
	/** The section of docs/write-an-adapter.md with the rule. */
	readonly guide: string;
	/** Calls that the check makes: an adapter without one of them is not checked. */
	readonly needs?: readonly CallName[];
	/** Set for a rule about schedules, which does not apply to adapters that run freely. */
	readonly explores?: true;
	/** Runs the check. Rejects with ContractError, which describes the defect of the adapter. */
	run(subject: Subject): Promise<void>;
}

/** Arguments of a call by holder A. */
export const A = { holder: 'A', ops: 'A' };
/** The device held by A. */
export const held: Program['device'] = { alive: true, holder: 'A', ops: 'A', refs: 2 };

/** A program of one call on the held device. */
export const one = (call: CallName): Program =>
	programOf({ thread: [{ call, ...A }] }, { device: held });

/** True for equal data with keys in the same order. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
