// SPDX-License-Identifier: MIT
import type { CallName } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import type { Journal } from './journal';
import type { Calls } from './kernel';
import type { SharedState } from './state';

/** Program, code, state and record of one execution. */
export interface World {
	readonly program: Program;
	readonly calls: Calls;
	/** Names of the calls that were made. */
	readonly reached: Set<CallName>;
	readonly state: Pick<SharedState, 'dax_dev' | 'dax_srcu' | 'dev_dax' | 'disk' | 'minors' | 'log'>;
	readonly journal: Journal;
}
