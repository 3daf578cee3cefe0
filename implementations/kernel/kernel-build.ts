// SPDX-License-Identifier: MIT
/** A bootable kernel, and the folder that builds modules for it. */
export interface KernelBuild {
	/** Release, as uname -r prints it. */
	readonly release: string;
	/** Path of the bzImage. */
	readonly image: string;
	/** Folder for "make -C". */
	readonly headers: string;
	/** Paths of the modules that SSH access needs, in loading order. */
	readonly guestModules: readonly string[];
	/** Path of another module; null when it is built in, undefined when the kernel lacks it. */
	find(module: string): string | null | undefined;
}
