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
	/** Where one of its other modules is; null when it is built in, undefined when there is none. */
	find(module: string): string | null | undefined;
}
