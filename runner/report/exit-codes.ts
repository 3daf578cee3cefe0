// SPDX-License-Identifier: MIT
/** Exit codes of the tool: its contract with shells, CI and git bisect. */

export const CONFORMS = 0;
export const DOES_NOT_CONFORM = 1;
/** Not decided; git bisect run skips the commit. */
export const CANNOT_TEST = 125;
/** An unreadable file, or an implementation that broke its contract. From 128 on, git bisect run aborts. */
export const HARNESS_ERROR = 128;
/** Error in the command line, such as an unknown option, id or address. */
export const USAGE_ERROR = 129;
/** Ended by Ctrl-C. */
export const INTERRUPTED = 130;

/** By code: the conclusion of a run in reports, and what the help says. */
export const exitCodes = {
	[CONFORMS]: { words: 'conforms', help: 'conforms: everything scored is pass, xfail or skip' },
	[DOES_NOT_CONFORM]: {
		words: 'does not conform',
		help: 'does not conform, a list of known failures is stale, or lint found a fault',
	},
	[CANNOT_TEST]: {
		words: 'cannot be tested',
		help: 'cannot be tested (git bisect run skips the commit)',
	},
	[HARNESS_ERROR]: {
		words: 'harness error: nothing can be said',
		help: 'harness error, such as an unreadable file (from 128 on, git bisect run aborts)',
	},
	[USAGE_ERROR]: {
		words: 'usage error',
		help: 'usage error, such as an unknown option, id or address',
	},
	[INTERRUPTED]: { words: 'interrupted', help: 'interrupted' },
} as const;

export type ExitCode = keyof typeof exitCodes;

/** Conclusion of a run with an exit code, which a report from elsewhere may state at will. */
export const conclusionOf = (exit: number): string =>
	Object.hasOwn(exitCodes, exit) ? exitCodes[exit as ExitCode].words : `exit ${exit}`;
