// SPDX-License-Identifier: MIT
/** A kernel that can be booted, and what builds modules for it. */
export interface KernelBuild {
	/** What uname -r says in it. */
	readonly release: string;
	/** bzImage. */
	readonly image: string;
	/** The folder for "make -C". */
	readonly headers: string;
	/** Modules that the guest needs to be reached, in the order of loading. */
	readonly guestModules: readonly string[];
}
