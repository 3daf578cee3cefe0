// SPDX-License-Identifier: MIT
import { unwatchFile, watchFile } from 'node:fs';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';

/** Milliseconds between two looks at the file. Polled, because an editor that replaces a file ends events for it. */
const POLL_MS = 200;

/** Runs work now and after each change of the file, until Ctrl-C. Prints a UserError and goes on. */
export async function watch(
	file: string,
	work: () => Promise<void>,
	terminal: Terminal,
): Promise<void> {
	const again = async (): Promise<void> => {
		terminal.out(terminal.colors.dim(`--- ${new Date().toLocaleTimeString()} ${file}`));
		await work().catch((error) => {
			if (!(error instanceof UserError)) throw error;
			terminal.error(error.message);
		});
	};
	await again();
	let last = Promise.resolve();
	await new Promise<void>((stop) => {
		watchFile(file, { interval: POLL_MS }, () => {
			last = last.then(again);
		});
		process.once('SIGINT', () => {
			unwatchFile(file);
			stop();
		});
	});
	await last;
}
