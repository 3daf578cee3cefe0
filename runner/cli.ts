#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/** The command dax-vectors: runs the command line of this process. */
import { setFlagsFromString } from 'node:v8';
import { runCommandLine } from './commands/command-line';
import { openTerminal } from './text/terminal';

/**
 * Bytecode that a function runs before V8 considers it for optimisation, several times the default: a command ends within
 * a second or two, and optimised code that it hardly used took a third of the processor time of a whole run.
 */
const OPTIMISATION_BUDGET_BYTES = 500_000;

setFlagsFromString(`--interrupt-budget=${OPTIMISATION_BUDGET_BYTES}`);

runCommandLine(process.argv.slice(2), openTerminal()).then((code) => {
	process.exitCode = code;
});
