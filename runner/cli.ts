#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/** Command line: finds the command, parses its options, turns errors into a message and an exit code. */
import { commands } from './commands';
import type { Command } from './commands/command';
import { explain, helpOption, overview } from './commands/help';
import { parse, UsageError } from './commands/option';
import { CANNOT_RUN } from './report/exit-codes';
import { nearest } from './text/nearest';
import { version } from './text/package-root';
import { openTerminal, type Terminal } from './text/terminal';
import { UserError } from './text/user-error';

async function main(args: readonly string[], terminal: Terminal): Promise<number> {
	const [name, ...rest] = args;
	if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
		const topic = name === 'help' ? rest[0] : undefined;
		terminal.out(topic === undefined ? overview() : explain(topic, find(topic)));
		return name === undefined ? CANNOT_RUN : 0;
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
		if (error instanceof UserError) terminal.error(`dax-vectors: ${error.message}`);
		else terminal.error(`internal error, please report it: ${(error as Error).stack}`);
		process.exitCode = CANNOT_RUN;
	}
}

start();
