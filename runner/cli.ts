#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/** Command line: finds the command, parses its options, turns errors into a message and an exit code. */
import { setFlagsFromString } from 'node:v8';
import { commands } from './commands';
import type { Command } from './commands/command';
import { explain, helpOption, overview } from './commands/help';
import { parse, UsageError } from './commands/option';
import { CANNOT_TEST, HARNESS_ERROR, USAGE_ERROR } from './report/exit-codes';
import { nearest } from './text/nearest';
import { version } from './text/package-root';
import { printable } from './text/printable';
import { openTerminal, type Terminal } from './text/terminal';
import { CannotTest, UserError } from './text/user-error';

/**
 * Bytecode that a function runs before V8 considers it for optimisation, several times the default: a command ends within
 * a second or two, and optimised code that it hardly used took a third of the processor time of a whole run.
 */
const OPTIMISATION_BUDGET_BYTES = 500_000;

setFlagsFromString(`--interrupt-budget=${OPTIMISATION_BUDGET_BYTES}`);

async function main(args: readonly string[], terminal: Terminal): Promise<number> {
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

async function start(): Promise<void> {
	const terminal = openTerminal();
	try {
		process.exitCode = await main(process.argv.slice(2), terminal);
	} catch (error) {
		const message = error instanceof UserError ? error.message : fileError(error);
		if (message !== undefined) terminal.error(`dax-vectors: ${message}`);
		else terminal.error(`internal error, please report it: ${(error as Error).stack}`);
		process.exitCode = exitCodeOf(error);
	}
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

start();
