// SPDX-License-Identifier: MIT
import type { FaultName } from '../../schema/types/common';
import type { Access } from './access';

/** The place before an access, where a thread stops. */
export interface Stop {
	/** The access to perform next; null when the thread has ended. */
	readonly access: Access | null;
	/** The call in progress, as a site of the program and as a kernel function. */
	readonly site: number;
	readonly function: string;
	/** The kernel functions that warned on the way there. */
	readonly warnings: readonly string[];
	/** The fault that ended the thread on the way there. Locks and read sections that it holds stay held. */
	readonly fault: FaultName | null;
}
