// SPDX-License-Identifier: MIT
/** A guest for interactive use: it runs until "dax-vectors guest stop". At most one exists. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from '../system/cache';
import { makeFolder } from '../system/make-folder';
import { notRun } from '../unavailable';
import { kernelAt } from './address';
import { exitOnSignals } from './guest';
import { type Launched, launch } from './launch';
import type { Destination } from './ssh';

export interface PersistentGuest {
	/** Process id of QEMU. */
	readonly pid: number;
	readonly description: string;
	/** Accelerator that QEMU uses, with the reason. */
	readonly accelerator: string;
	readonly destination: Destination;
	/** File of its console. */
	readonly console: string;
}

const folder = (): string => join(cacheRoot('kernel'), 'guest');
const state = (): string => join(folder(), 'state.json');

/** The running guest, if there is one. */
export function persistentGuest(): PersistentGuest | undefined {
	try {
		const found = JSON.parse(readFileSync(state(), 'utf8')) as PersistentGuest;
		// The process id may have been reused.
		const line = readFileSync(`/proc/${found.pid}/cmdline`, 'latin1');
		return line.includes(found.console) ? found : undefined;
	} catch {
		return undefined;
	}
}

/** Boots the kernel that address.ts resolves, with the module loaded. Throws Unavailable. */
export async function bootPersistentGuest(rest?: string): Promise<PersistentGuest> {
	const { kernel, module, description } = kernelAt(rest);
	if (persistentGuest()) throw notRun('a guest runs already: dax-vectors guest stop');
	rmSync(folder(), { recursive: true, force: true });
	makeFolder(folder(), 0o700);
	const describe = ({ qemu, destination, console, accelerator }: Launched): PersistentGuest => ({
		pid: qemu.pid!,
		description,
		accelerator,
		destination,
		console: console.path,
	});
	let kill = (): void => {};
	const end = () => kill();
	process.once('exit', end);
	exitOnSignals();
	try {
		const guest = await launch(folder(), kernel, { modules: [module], stays: true }, (begun) => {
			kill = () => void begun.qemu.kill('SIGKILL');
			writeFileSync(state(), `${JSON.stringify(describe(begun), null, '\t')}\n`);
		});
		guest.qemu.unref();
		return describe(guest);
	} catch (error) {
		rmSync(folder(), { recursive: true, force: true });
		throw error;
	} finally {
		process.off('exit', end);
	}
}

export async function stopPersistentGuest({ pid }: PersistentGuest): Promise<void> {
	process.kill(pid, 'SIGKILL');
	while (persistentGuest()) await sleep(20);
	rmSync(folder(), { recursive: true, force: true });
}
