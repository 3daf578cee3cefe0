#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/** The command dax-vectors: runs the command line of this process. */
import './start/flags';
import { join } from 'node:path';
import { openBundle } from './start/bundle';

const root = join(__dirname, '../..');
const load = openBundle(root, join(root, 'dist/bundle'), require);
const from = <Loaded>(module: string) => load(require.resolve(module)) as Loaded;
const { runCommandLine } =
	from<typeof import('./commands/command-line')>('./commands/command-line');
const { openTerminal } = from<typeof import('./text/terminal')>('./text/terminal');

runCommandLine(process.argv.slice(2), openTerminal()).then((code) => {
	process.exitCode = code;
});
