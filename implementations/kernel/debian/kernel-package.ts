// SPDX-License-Identifier: MIT
import type { AptOptions } from '../../system/apt';

/** A kernel of Debian's to fetch. */
export interface KernelPackage {
	/** Such as "7.3.4+deb13-amd64". */
	readonly release: string;
	/** Options of the suite that has it. */
	readonly options: AptOptions;
	/** Names of the modules to extract; those that the kernel lacks are left out. */
	readonly modules: readonly string[];
	/** Folder to write into, and the folder that it becomes. */
	readonly draft: string;
	readonly final: string;
}
