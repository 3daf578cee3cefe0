// SPDX-License-Identifier: MIT
// Generated from scenario.schema.json by "npm run types". Do not edit.

/**
 * Steps in a guest with emulated persistent memory, /dev/pmem0 (384 MiB) and /dev/pmem1 (96 MiB), and what its kernel must do: dax-vectors guest scenario NAME.
 */
export interface ScenarioFile {
	/**
	 * Version of this format.
	 */
	format: 1;
	/**
	 * One sentence that says what holds.
	 */
	title: string;
	/**
	 * Without these the scenario does not apply.
	 */
	needs: {
		/**
		 * Modules of the kernel, or options that are built in.
		 */
		modules: string[];
		/**
		 * Programs that are copied into the guest. Without one on this system the scenario is not run.
		 */
		programs: ('mkfs.xfs' | 'mkfs.ext4' | 'dmsetup')[];
	};
	/**
	 * Shell lines, run one after the other by the sh of busybox. Each must succeed.
	 *
	 * @minItems 1
	 */
	steps: {
		/**
		 * The shell line.
		 */
		run: string;
		/**
		 * Seconds that it may take; 30 when absent.
		 */
		seconds?: number;
		/**
		 * The step must fail.
		 */
		fails?: true;
	}[];
	/**
	 * Beside these, no finding of dax-vectors watch is allowed.
	 */
	expect: {
		/**
		 * Number of calls by function.
		 */
		calls: {
			[k: string]: number;
		};
		/**
		 * Situations that must occur, by the names that dax-vectors watch prints.
		 */
		situations: string[];
	};
}
