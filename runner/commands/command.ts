// SPDX-License-Identifier: MIT
/** A command of the tool: one file each, listed in index.ts. */
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';

export interface Option {
	readonly type: 'string' | 'boolean';
	readonly short?: string;
	readonly multiple?: boolean;
	/** What stands for the value in the help. */
	readonly value?: string;
	readonly about: string;
}

/** The option --implementation; about says of which. */
export const address = (about: string): Option => ({
	type: 'string',
	short: 'i',
	value: 'ADDRESS',
	about,
});

/** Options as given: a string, several, or true. */
export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface Command {
	readonly summary: string;
	/** Such as "[IDS...] [options]". */
	readonly usage: string;
	/** What a newcomer needs to know, in paragraphs. */
	readonly about: string;
	readonly options: Readonly<Record<string, Option>>;
	/** Command lines, each with what it does. */
	readonly examples: readonly (readonly [string, string])[];
	/** Gives the exit code. Throws UsageError when the words are off. */
	run(words: readonly string[], values: Values, terminal: Terminal): Promise<number>;
}

/** The command line is off: exit 2 with a pointer to the help. */
export class UsageError extends UserError {}

export function text(values: Values, name: string): string | undefined {
	const value = values[name];
	return typeof value === 'string' ? value : undefined;
}

export function texts(values: Values, name: string): string[] {
	const value = values[name];
	return Array.isArray(value) ? value.map(String) : [];
}

/** A whole number of at least least. */
export function count(values: Values, name: string, least: number): number | undefined {
	const value = text(values, name);
	if (value === undefined) return undefined;
	if (!/^\d{1,9}$/.test(value) || Number(value) < least)
		throw new UsageError(`--${name} takes a whole number from ${least}, not "${value}"`);
	return Number(value);
}

export function oneOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T {
	const value = text(values, name) ?? allowed[0]!;
	const found = allowed.find((each) => each === value);
	if (found === undefined)
		throw new UsageError(`--${name} takes ${allowed.join(', ')}, not "${value}"`);
	return found;
}
