// SPDX-License-Identifier: MIT
/** Options of commands: a definition gives the help text, the check and the type of the value. */
import { parseArgs } from 'node:util';
import { nearest } from '../text/nearest';
import { UsageError, UserError } from '../text/user-error';

export { UsageError };

interface Description {
	readonly about: string;
	/** One letter, for a form such as -i. */
	readonly short?: string;
	/** Placeholder of the value in the help; absent for a flag. */
	readonly value?: string;
}

export interface Option<T> extends Description {
	/** Turns the words given for the option into its value. Throws UsageError. */
	read(given: readonly string[], name: string): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** Values of a set of options, typed by their definitions. */
export type Values<O extends Options> = {
	readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** An option that is not given is false, an empty list, or undefined. */
export const option = {
	flag: (description: Omit<Description, 'value'>): Option<boolean> => ({
		...description,
		read: (given) => given.length > 0,
	}),

	text: (description: Description & { value: string }): Option<string | undefined> => ({
		...description,
		read: (given) => given.at(-1),
	}),

	/** May be given several times. */
	list: (description: Description & { value: string }): Option<readonly string[]> => ({
		...description,
		read: (given) => given,
	}),

	oneOf: <T extends string>(
		choices: readonly T[],
		description: Description,
	): Option<T | undefined> => ({
		value: 'NAME',
		...description,
		about: `${description.about}: ${choices.join(', ')}`,
		read(given, name) {
			const word = given.at(-1);
			const found = choices.find((each) => each === word);
			if (word === undefined || found !== undefined) return found;
			const like = nearest(word, choices);
			const hint = like === undefined ? '' : `: did you mean ${like}?`;
			throw new UsageError(`--${name} takes ${choices.join(', ')}, not "${word}"${hint}`);
		},
	}),

	/** A whole number of at most nine digits. */
	count: ({
		least,
		...description
	}: Description & { least: number }): Option<number | undefined> => ({
		value: 'N',
		...description,
		read(given, name) {
			const word = given.at(-1);
			if (word === undefined) return undefined;
			if (/^\d{1,9}$/.test(word) && Number(word) >= least) return Number(word);
			throw new UsageError(`--${name} takes a whole number from ${least}, not "${word}"`);
		},
	}),
};

/** Values of options, of which the command line gives these. */
export const valuesOf = <O extends Options>(
	options: O,
	given: Readonly<Record<string, readonly string[] | undefined>> = {},
): Values<O> =>
	Object.fromEntries(
		Object.entries(options).map(([name, { read }]) => [name, read(given[name] ?? [], name)]),
	) as Values<O>;

/** Parses the arguments of a command. Throws UsageError, which suggests the nearest name for an unknown option. */
export function parse<O extends Options>(
	command: string,
	options: O,
	args: readonly string[],
): { words: readonly string[]; values: Values<O> } {
	const config = Object.entries(options).map(([name, { short, value }]) => {
		const type = value === undefined ? 'boolean' : 'string';
		return [name, { type, multiple: true, ...(short && { short }) }] as const;
	});
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			options: Object.fromEntries(config),
			allowPositionals: true,
		});
		return { words: positionals, values: valuesOf(options, values as Record<string, string[]>) };
	} catch (error) {
		if (error instanceof UserError) throw error;
		const [message = ''] = (error as Error).message.split(/\.\s/);
		const [, unknown = ''] = /^Unknown option '--([^']+)'/.exec(message) ?? [];
		const like = nearest(unknown, Object.keys(options));
		const hint = like === undefined ? '' : ` did you mean --${like}?`;
		throw new UsageError(`${message}:${hint} see "dax-vectors ${command} --help"`);
	}
}
