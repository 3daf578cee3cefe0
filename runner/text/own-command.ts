// SPDX-License-Identifier: MIT
import { basename, relative } from 'node:path';
import { shellWord } from './shell-word';

/** The words that start this tool in the working directory, for commands to paste. */
export function ownCommand(): string {
	const { npm_command: npm, npm_lifecycle_event: script } = process.env;
	if (npm !== undefined || script !== undefined) return 'npx dax-vectors';
	const started = process.argv[1] ?? 'dax-vectors';
	if (basename(started) === 'dax-vectors') return 'dax-vectors';
	const near = relative(process.cwd(), started);
	return `node ${shellWord(near.startsWith('..') ? started : near)}`;
}
