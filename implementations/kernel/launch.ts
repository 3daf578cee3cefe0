// SPDX-License-Identifier: MIT
/** Starts a guest: from a saved one, or by booting the kernel, which is then saved for later guests. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { notRun, Unavailable } from '../unavailable';
import { Console } from './console';
import { type GuestFile, guestFiles, writeInitramfs } from './initramfs';
import type { KernelBuild } from './kernel-build';
import { loadModules } from './load-modules';
import { Monitor } from './monitor';
import {
	type Accelerator,
	chooseAccelerator,
	guestOptions,
	machineOptions,
	qemuIdentity,
	startQemu,
} from './qemu';
import {
	CONSOLE,
	INITRAMFS,
	isRunning,
	removeSavedGuest,
	resumeOption,
	savedGuestAt,
	saveGuest,
	takeSavedGuest,
} from './saved-guest';
import type { Destination } from './ssh';
import { makeKeys, openAccess } from './ssh-access';
import { requireTools, type Tool } from './tools';

const TOOLS: readonly Tool[] = [
	'qemu-system-x86_64',
	'busybox',
	'dropbear',
	'dropbearkey',
	'ssh',
	'ssh-keygen',
	'cpio',
];

/** Milliseconds until a guest that has booted or resumes must have its modules: five times the slowest measured. */
const READY_LIMIT_MS = 60_000;

export interface Launch {
	/** Paths of modules that are built for this guest, in loading order. */
	readonly modules: readonly string[];
	/** Paths of modules of the kernel, which are loaded after those. */
	readonly kernelModules?: readonly string[];
	/** Paths of further programs to copy into the guest. */
	readonly programs?: readonly string[];
	/** Further words of the kernel command line. */
	readonly append?: readonly string[];
	readonly megabytes?: number;
	/** Runs emulated processors in parallel. Schedules cannot be followed then: see chooseAccelerator(). */
	readonly parallel?: boolean;
	/** Keeps the guest running when this process ends. */
	readonly stays?: boolean;
}

export interface Launched {
	readonly qemu: ChildProcess;
	/** Resolves when QEMU has ended. */
	readonly ended: Promise<void>;
	readonly destination: Destination;
	readonly console: Console;
	/** Accelerator that QEMU uses, with the reason. */
	readonly accelerator: string;
}

/** A guest as it is planned. */
interface Plan extends Launch {
	/** Folder of its files. */
	readonly folder: string;
	readonly image: string;
	readonly files: readonly GuestFile[];
	readonly accelerator: Accelerator;
	/** Options of QEMU that the guest shares with others. */
	readonly machine: readonly string[];
	/** Called for each QEMU that is started: one that does not resume is followed by another. */
	started(guest: Launched): void;
}

/**
 * Starts a guest whose files are in the folder, and loads its modules. started: called with the guest before it runs.
 * Throws Unavailable, and ends the guest then.
 */
export async function launch(
	folder: string,
	kernel: KernelBuild,
	what: Launch,
	started: (guest: Launched) => void,
): Promise<Launched> {
	requireTools(TOOLS);
	const { modules, kernelModules = [], programs = [], parallel = false } = what;
	const accelerator = chooseAccelerator(parallel);
	const content = { modules: kernel.guestModules, further: kernelModules, programs };
	const files = guestFiles(content);
	const machine = machineOptions(accelerator, what);
	const { image } = kernel;
	const plan: Plan = { ...what, modules, folder, image, files, accelerator, machine, started };
	// With KVM a kernel boots fast, and what one processor has saved another may refuse.
	const entry = accelerator.option === 'kvm' ? undefined : entryOf(plan);
	try {
		if (entry !== undefined && takeSavedGuest(entry, folder)) return await resume(plan, entry);
		return await boot(plan, entry);
	} catch (error) {
		if (error instanceof Unavailable || entry === undefined) throw unanswered(error);
		// The guest was resumed or saved, and may not answer for that.
		removeSavedGuest(entry);
		return await boot(plan).catch((again) => {
			throw unanswered(again);
		});
	}
}

function unanswered(error: unknown): Unavailable {
	if (error instanceof Unavailable) return error;
	const advice = 'the guest does not answer: end other runs on this machine, and try again';
	return notRun(`${advice}\n${(error as Error).message}`);
}

/** Names the entry after all that a booted guest depends on. */
function entryOf({ image, files, machine }: Plan): string {
	const contents = files.flatMap(({ path, content, mode }) => [path, content, String(mode)]);
	const program = qemuIdentity();
	return savedGuestAt([program, hostIdentity(), ...machine, readFileSync(image), ...contents]);
}

/** Text that differs between hosts: a guest has measured the rate of the host's time-stamp counter. */
function hostIdentity(): string {
	const file = '/etc/machine-id';
	return [cpus()[0]?.model, existsSync(file) ? readFileSync(file, 'utf8') : ''].join(' ');
}

/** Boots the kernel in an empty folder. saveAs: entry for the guest, if it is to be saved. */
async function boot(plan: Plan, saveAs?: string): Promise<Launched> {
	for (const name of readdirSync(plan.folder))
		rmSync(join(plan.folder, name), { recursive: true, force: true });
	const initramfs = join(plan.folder, INITRAMFS);
	writeInitramfs(initramfs, plan.files, makeKeys(plan.folder));
	return begin(plan, initramfs, [], async ({ qemu, console, destination }, monitor) => {
		await console.ready(qemu);
		if (saveAs !== undefined) await saveGuest(monitor, saveAs, plan.folder);
		await inTime(() => loadModules(plan, destination, console));
	});
}

function resume(plan: Plan, entry: string): Promise<Launched> {
	const option = resumeOption(entry);
	return begin(plan, join(entry, INITRAMFS), option, ({ console, destination }, monitor) =>
		inTime(async () => {
			await isRunning(monitor);
			await loadModules(plan, destination, console);
		}),
	);
}

/** Starts QEMU, and waits for what makes its guest ready. Ends it where that fails. */
async function begin(
	{ folder, image, accelerator, machine, stays = false, started }: Plan,
	initramfs: string,
	options: readonly string[],
	becomeReady: (guest: Launched, monitor: Monitor) => Promise<void>,
): Promise<Launched> {
	const { destination, port } = await openAccess(folder);
	const errors = join(folder, 'errors');
	const console = new Console(join(folder, CONSOLE), errors);
	const own = guestOptions({ image, initramfs, console: console.path, port });
	const qemu = startQemu(errors, stays, [...machine, ...own, ...options]);
	const ended = new Promise<void>((resolve) => qemu.once('exit', () => resolve()));
	const guest = { qemu, ended, destination, console, accelerator: accelerator.why };
	const monitor = new Monitor(qemu);
	try {
		started(guest);
		await becomeReady(guest, monitor);
		return guest;
	} catch (error) {
		qemu.kill('SIGKILL');
		await ended;
		throw error;
	} finally {
		monitor.close();
	}
}

function inTime(work: () => Promise<void>): Promise<void> {
	return new Promise((resolve, reject) => {
		const late = () => reject(new Error('no answer any more'));
		const timer = setTimeout(late, READY_LIMIT_MS);
		work()
			.then(resolve, reject)
			.finally(() => clearTimeout(timer));
	});
}
