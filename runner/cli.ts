#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/** The command line: finds the command, parses its options, turns its errors into words and an exit code. */
import { parseArgs } from 'node:util';
import { commands } from './commands';
import { type Command, UsageError, type Values } from './commands/command';
import { explain, overview } from './commands/help';
import { CANNOT_RUN } from './report/exit-codes';
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
	const { values, positionals } = parse(command, rest, name);
	if (values.help) {
		terminal.out(explain(name, command));
		return 0;
	}
	return command.run(positionals, values, terminal);
}

function find(name: string): Command {
	if (Object.hasOwn(commands, name)) return commands[name]!();
	throw new UsageError(`unknown command "${name}": use one of ${Object.keys(commands).join(', ')}`);
}

function parse(
	{ options }: Command,
	args: string[],
	name: string,
): { values: Values; positionals: string[] } {
	const known = Object.fromEntries(
		Object.entries(options).map(([option, { type, short, multiple }]) => [
			option,
			{ type, ...(short && { short }), ...(multiple && { multiple }) },
		]),
	);
	try {
		return parseArgs({
			args,
			options: { ...known, help: { type: 'boolean', short: 'h' } },
			allowPositionals: true,
		});
	} catch (error) {
		const [message] = (error as Error).message.split(/\.\s/);
		throw new UsageError(`${message}: see "dax-vectors ${name} --help"`);
	}
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
