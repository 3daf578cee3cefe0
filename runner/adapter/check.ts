// SPDX-License-Identifier: MIT
/** One thing that an adapter is checked for, and what several checks need. */
import type { CallName } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import { programOf, type Subject } from './subject';

export interface Check {
	readonly name: string;
	/** The part of implementations/exec/README.md that says it. */
	readonly guide: string;
	/** Calls without which there is nothing to check. */
	readonly needs?: readonly CallName[];
	/** Is it about following schedules? */
	readonly explores?: true;
	/** Throws when something is missing. */
	run(subject: Subject): Promise<void>;
}

export const A = { holder: 'A', ops: 'A' };
export const held: Program['device'] = { alive: true, holder: 'A', ops: 'A', refs: 2 };

export const one = (call: CallName): Program =>
	programOf({ thread: [{ call, ...A }] }, { device: held });

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
