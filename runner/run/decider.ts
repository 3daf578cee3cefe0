// SPDX-License-Identifier: MIT
/** Interface between a run and the ways to decide its cases: in-process.ts and concurrent.ts. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';

export interface Decider {
	/**
	 * Decides a case once its turn has come, and calls onStart then. Never rejects: an error of the implementation is a
	 * verdict. A case that has not started at close() stays pending.
	 */
	decide(test: Case, implementation: Implementation, onStart: () => void): Promise<Result>;
	/** Starts no further case, and closes the implementations that the decider opened. */
	close(): Promise<void>;
}
