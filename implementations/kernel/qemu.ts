// SPDX-License-Identifier: MIT
/** Starts QEMU with the machine that the module needs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findTool } from '../system/command';
import { Console } from './console';
import { writeInitramfs } from './initramfs';
import type { KernelBuild } from './kernel-build';
import type { Destination } from './ssh';
import { makeSshAccess } from './ssh-access';
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

/** Processors of a guest: one for each thread of a program, and one for the coordinator. */
export const PROCESSORS = 4;

/**
 * quiet: printing a WARN on the console takes longer than the execution that finds it. panic: after an oops or an
 * out-of-memory kill no result can be trusted. mitigations=off: no untrusted code runs in the guest, and mitigations
 * slow emulated processors down. no_timer_check: on a busy host the kernel takes an emulated timer for a broken one.
 */
const COMMAND_LINE = [
	'console=ttyS0',
	'loglevel=4',
	'panic=-1',
	'oops=panic',
	'sysctl.vm.panic_on_oom=1',
	'random.trust_cpu=on',
	'mitigations=off',
	'no_timer_check',
	'net.ifnames=0',
];

export interface Launch {
	/** Paths of modules, in loading order. */
	readonly modules: readonly string[];
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
	readonly destination: Destination;
	readonly console: Console;
	/** Accelerator that QEMU uses, with the reason. */
	readonly accelerator: string;
}

/** Starts a guest whose files are in the folder. Throws Unavailable. */
export async function launch(
	folder: string,
	kernel: KernelBuild,
	{ modules, programs = [], append = [], megabytes = 512, parallel = false, stays = false }: Launch,
): Promise<Launched> {
	requireTools(TOOLS);
	const { destination, port, keys } = await makeSshAccess(folder);
	const root = join(folder, 'root');
	const archive = join(folder, 'initramfs');
	writeInitramfs(root, archive, [...kernel.guestModules, ...modules], programs, keys);
	rmSync(root, { recursive: true });
	const { option, cpu, why } = chooseAccelerator(parallel);
	const errors = join(folder, 'errors');
	const console = new Console(join(folder, 'console'), errors);
	const qemu = start(errors, stays, [
		...['-accel', option, '-cpu', cpu, '-smp', String(PROCESSORS), '-m', String(megabytes)],
		...['-nodefaults', '-display', 'none', '-no-reboot'],
		...['-kernel', kernel.image, '-initrd', archive],
		...['-append', [...COMMAND_LINE, ...append].join(' ')],
		...['-serial', `file:${console.path}`, '-device', 'virtio-rng-pci'],
		...['-netdev', `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
		...['-device', 'virtio-net-pci,netdev=net,romfile='],
	]);
	return { qemu, destination, console, accelerator: why };
}

/**
 * Chooses KVM or emulation. With one thread for all processors, QEMU traps every watched access; with a thread for each
 * processor it misses cmpxchg (measured with QEMU 7.2). /dev/kvm can open without hardware support and fail later.
 */
function chooseAccelerator(parallel: boolean) {
	const emulated = (why: string) => ({
		option: `tcg,thread=${parallel ? 'multi' : 'single'}`,
		cpu: 'max',
		why: `emulation, ${why}`,
	});
	try {
		accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
	} catch {
		return emulated('no /dev/kvm for this user');
	}
	if (!/\b(vmx|svm)\b/.test(readFileSync('/proc/cpuinfo', 'latin1')))
		return emulated('the processor has neither vmx nor svm');
	return { option: 'kvm', cpu: 'host', why: 'KVM' };
}

/** Command prefix that ends QEMU with this process, even after SIGKILL where the system has setpriv. */
function start(path: string, stays: boolean, args: readonly string[]): ChildProcess {
	const qemu = findTool('qemu-system-x86_64')!;
	const setpriv = stays ? undefined : findTool('setpriv');
	const errors = openSync(path, 'w');
	const line = setpriv ? [setpriv, '--pdeathsig', 'KILL', qemu, ...args] : [qemu, ...args];
	const child = spawn(line[0]!, line.slice(1), {
		stdio: ['ignore', errors, errors],
		detached: stays,
	});
	closeSync(errors);
	return child;
}
