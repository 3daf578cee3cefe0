// SPDX-License-Identifier: MIT
/** A command line: finds the command, parses its options, turns errors into a message and an exit code. */
import { CANNOT_TEST, HARNESS_ERROR, USAGE_ERROR } from '../report/exit-codes';
import { nearest } from '../text/nearest';
import { version } from '../text/package-root';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { CannotTest, UserError } from '../text/user-error';
import type { Command } from './command';
import { explain, helpOption, overview } from './help';
import { commands } from './index';
import { parse, UsageError } from './option';

/** Runs the command that arguments name and gives its exit code. Never throws: prints an error to stderr. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
	try {
		return await run(args, terminal);
	} catch (error) {
		const message = error instanceof UserError ? error.message : fileError(error);
		if (message !== undefined) terminal.error(`dax-vectors: ${message}`);
		else terminal.error(`internal error, please report it: ${(error as Error).stack}`);
		return exitCodeOf(error);
	}
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
	const [name, ...rest] = args;
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		const topic = name === 'help' ? rest[0] : undefined;
		terminal.out(topic === undefined ? overview() : explain(topic, find(topic)));
		return name === undefined ? USAGE_ERROR : 0;
	}
	if (name === '--version') {
		terminal.out(version);
		return 0;
	}
	const command = find(name);
	const { words, values } = parse(name, { ...command.options, help: helpOption }, rest);
	if (values.help) {
		terminal.out(explain(name, command));
		return 0;
	}
	return command.run(words, values, terminal);
}

function find(name: string): Command {
	const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (load) return load();
	const names = Object.keys(commands);
	const like = nearest(name, names);
	const hint = like === undefined ? 'use' : `did you mean ${like}? Use`;
	throw new UsageError(`unknown command "${name}": ${hint} one of ${names.join(', ')}`);
}

function exitCodeOf(error: unknown): number {
	if (error instanceof CannotTest) return CANNOT_TEST;
	return error instanceof UsageError ? USAGE_ERROR : HARNESS_ERROR;
}

/** Message for an error of the file system, such as a folder that cannot be written; undefined for other errors. */
function fileError(error: unknown): string | undefined {
	const { code, path, syscall } = error as NodeJS.ErrnoException;
	if (code === undefined || path === undefined || syscall?.startsWith('spawn')) return undefined;
	const doing = syscall === 'open' ? 'opened' : `used (${syscall})`;
	return `${printable(path)} cannot be ${doing}: ${code}; check the path and its permissions`;
}
