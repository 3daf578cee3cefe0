// SPDX-License-Identifier: MIT
/** A command of the tool: one file each, listed in index.ts. */
import type { Terminal } from '../text/terminal';
import { type Options, option, type Values } from './option';

export interface Command<O extends Options = Options> {
	/** One line for the list of commands. */
	readonly summary: string;
	/** Arguments after the name, such as "[IDS...] [options]". */
	readonly usage: string;
	/** Explanation for a newcomer: lines of at most 120 columns, an empty one between paragraphs. */
	readonly about: string;
	readonly options: O;
	/** Command lines, each with a few words about what it does. */
	readonly examples: readonly (readonly [line: string, about: string])[];
	/** Runs the command and gives its exit code. Throws UsageError for arguments that do not fit. */
	run(words: readonly string[], values: Values<O>, terminal: Terminal): Promise<number>;
}

/** Defines a command; the definitions of its options give the types of the values that run receives. */
export const command = <O extends Options>(definition: Command<O>): Command<O> => definition;

/** Option --implementation of a command that takes one. */
export const implementation = (about: string) =>
	option.text({ short: 'i', value: 'ADDRESS', about });

/** Option --reporter of a command that prints an answer instead of the report of a run. */
export const answerFormat = option.oneOf(['pretty', 'json'] as const, {
	short: 'r',
	about: 'format of the answer (default: pretty)',
});

/** Option of a command that runs the code of kernel trees. */
export const unconfined = option.flag({
	about: 'let the code of a native tree make system calls, with your rights',
});

/** Option --implementation of a command that takes several. */
export const implementations = (about: string) =>
	option.list({ short: 'i', value: 'ADDRESS', about });
