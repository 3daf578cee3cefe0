// SPDX-License-Identifier: MIT
/** A guest for one run. It ends with this process, and its files are removed. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KernelBuild } from './kernel-build';
import { type Launch, launch } from './launch';
import { INITRAMFS } from './saved-guest';
import type { Destination } from './ssh';

export interface Guest {
	readonly destination: Destination;
	/** Accelerator that QEMU uses, with the reason. */
	readonly accelerator: string;
	/** Process id of QEMU. */
	readonly pid: number;
	/** Resolves when QEMU has ended. */
	readonly ended: Promise<void>;
	/** Last lines of the console. */
	lastLines(count?: number): string[];
	/** The cause of a crash of the kernel and its call trace; empty where it has not crashed. */
	crash(): string[];
	stop(): Promise<void>;
}

/** Starts a guest, and waits until its modules are loaded. Throws Unavailable. */
export async function boot(kernel: KernelBuild, what: Launch): Promise<Guest> {
	sweep();
	const folder = mkdtempSync(join(tmpdir(), `${FOLDERS}${process.pid}-`));
	let running: ChildProcess | undefined;
	const kill = () => void running?.kill('SIGKILL');
	const discard = () => rmSync(folder, { recursive: true, force: true });
	const end = () => {
		kill();
		discard();
	};
	process.once('exit', end);
	exitOnSignals();
	try {
		const launched = await launch(folder, kernel, what, ({ qemu }) => {
			running = qemu;
		});
		const { qemu, ended, destination, console, accelerator } = launched;
		rmSync(join(folder, INITRAMFS), { force: true });
		return {
			destination,
			accelerator,
			pid: qemu.pid!,
			ended,
			lastLines: (count) => console.ending(count),
			crash: () => console.crash(),
			stop: async () => {
				kill();
				await ended;
				process.off('exit', end);
				discard();
			},
		};
	} catch (error) {
		process.off('exit', end);
		discard();
		throw error;
	}
}

/** Prefix of the names of guests' folders, followed by the process id of the runner. */
const FOLDERS = 'dax-guest-';

/** Removes the folders that killed runners have left. */
function sweep(): void {
	for (const name of readdirSync(tmpdir())) {
		const pid = name.startsWith(FOLDERS) && /^(\d+)-/.exec(name.slice(FOLDERS.length))?.[1];
		if (pid && !existsSync(`/proc/${pid}`))
			rmSync(join(tmpdir(), name), { recursive: true, force: true });
	}
}

/** Turns an unhandled signal into process.exit(), so that exit handlers remove guests and folders. */
export function exitOnSignals(): void {
	for (const [signal, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)
		if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(code));
}
