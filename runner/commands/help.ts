// SPDX-License-Identifier: MIT
/** Text of --help: the list of commands, and the explanation of one command. */

import { exitCodes } from '../report/exit-codes';
import { version } from '../text/package-root';
import { commands, groups } from '.';
import type { Command } from './command';
import { option } from './option';

export const helpOption = option.flag({ short: 'h', about: 'show this help' });

export function overview(): string {
	const lines = [
		`dax-vectors ${version}: test vectors for the holder protocol of the Linux dax_device, and a runner that explores`,
		'every interleaving of their threads.',
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

export function explain(name: string, { usage, about, options, examples }: Command): string {
	const width = Math.max(...examples.map(([line]) => line.length));
	return [
		`Usage: dax-vectors ${name} ${usage}`,
		'',
		about,
		'',
		'Options:',
		...Object.entries({ ...options, help: helpOption }).map(([option, { short, value, about }]) => {
			const flags = `${short ? `-${short}, ` : '    '}--${option}${value ? ` ${value}` : ''}`;
			return `  ${flags.padEnd(32)} ${about}`;
		}),
		'',
		'Examples:',
		...examples.map(([line, about]) => `  ${line.padEnd(width)}   ${about}`),
	].join('\n');
}
