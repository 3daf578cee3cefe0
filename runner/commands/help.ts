// SPDX-License-Identifier: MIT
/** The help: what a newcomer needs to learn the tool from. */

import { exitCodes } from '../report/exit-codes';
import { version } from '../text/package-root';
import { commands, groups } from '.';
import type { Command } from './command';

export function overview(): string {
	const lines = [
		`dax-vectors ${version}: test vectors for the holder protocol of the Linux dax_device, and a runner that explores`,
		'every interleaving of them.',
		'',
		'Usage: dax-vectors COMMAND [options]',
	];
	const width = Math.max(...Object.keys(commands).map((name) => name.length));
	for (const [title, loaders] of Object.entries(groups)) {
		lines.push('', `${title}:`);
		for (const [name, load] of Object.entries(loaders))
			lines.push(`  ${name.padEnd(width)}  ${load().summary}`);
	}
	lines.push(
		'',
		'"dax-vectors COMMAND --help" explains a command.',
		'',
		'Exit codes:',
		...Object.entries(exitCodes).map(([code, { help }]) => `  ${code.padEnd(4)} ${help}`),
	);
	return lines.join('\n');
}

export function explain(name: string, command: Command): string {
	const options = Object.entries({
		...command.options,
		help: { type: 'boolean', short: 'h', about: 'this help' } as const,
	}).map(
		([option, { short, value, about }]: [
			string,
			{ short?: string; value?: string; about: string },
		]) => {
			const flags = `${short ? `-${short}, ` : '    '}--${option}${value ? ` ${value}` : ''}`;
			return `  ${flags.padEnd(32)} ${about}`;
		},
	);
	const width = Math.max(...command.examples.map(([line]) => line.length));
	return [
		`Usage: dax-vectors ${name} ${command.usage}`,
		'',
		command.about,
		'',
		'Options:',
		...options,
		'',
		'Examples:',
		...command.examples.map(([line, about]) => `  ${line.padEnd(width)}   ${about}`),
	].join('\n');
}
