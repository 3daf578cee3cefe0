// SPDX-License-Identifier: MIT
/** A guest for a person who wants to look around: it stays until it is stopped. There is one at most. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from '../system/cache';
import { notRun } from '../unavailable';
import { kernelAt } from './address';
import { launch } from './qemu';
import type { Destination } from './ssh';

export interface PersistentGuest {
	/** The process id of QEMU. */
	readonly pid: number;
	readonly description: string;
	/** How it runs, and why so. */
	readonly accelerator: string;
	readonly destination: Destination;
	/** The file that its console is written to. */
	readonly console: string;
}

const folder = (): string => join(cacheRoot('kernel'), 'guest');
const state = (): string => join(folder(), 'state.json');

/** The guest that runs, if one does. */
export function persistentGuest(): PersistentGuest | undefined {
	try {
		const found = JSON.parse(readFileSync(state(), 'utf8')) as PersistentGuest;
		// Another process may have that number by now.
		const line = readFileSync(`/proc/${found.pid}/cmdline`, 'latin1');
		return line.includes(found.console) ? found : undefined;
	} catch {
		return undefined;
	}
}

/** Boots what stands after "kernel:", with the module loaded. Throws Unavailable. */
export async function bootPersistentGuest(rest?: string): Promise<PersistentGuest> {
	const { kernel, module, description } = kernelAt(rest);
	if (persistentGuest()) throw notRun('a guest runs already: dax-vectors guest stop');
	rmSync(folder(), { recursive: true, force: true });
	mkdirSync(folder(), { recursive: true, mode: 0o700 });
	const { qemu, destination, console, accelerator } = await launch(folder(), kernel, {
		modules: [module],
		stays: true,
	});
	const made = { pid: qemu.pid!, description, accelerator, destination, console: console.path };
	writeFileSync(state(), `${JSON.stringify(made, null, '\t')}\n`);
	try {
		await console.ready(qemu);
	} catch (error) {
		await stopPersistentGuest(made);
		throw error;
	}
	qemu.unref();
	return made;
}

export async function stopPersistentGuest({ pid }: PersistentGuest): Promise<void> {
	process.kill(pid, 'SIGKILL');
	while (persistentGuest()) await sleep(20);
	rmSync(folder(), { recursive: true, force: true });
}
