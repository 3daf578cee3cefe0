// SPDX-License-Identifier: MIT
/** QEMU, and the machine that it is to be. */
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

/** One processor for each thread of a program, and one for who tells them what to do. */
export const PROCESSORS = 4;

/**
 * WARNs stay in the guest's log: printing one takes longer than finding it. An oops goes to the console whatever the
 * level, and nothing comes after it that could be believed; nor after somebody was killed for memory.
 * mitigations=off: nobody attacks this guest, and emulated processors pay for it. no_timer_check: on a busy machine an
 * emulated timer seems not to work.
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
	/** Loaded in their order. */
	readonly modules: readonly string[];
	/** More programs to have there. */
	readonly programs?: readonly string[];
	/** More words for the kernel's command line. */
	readonly append?: readonly string[];
	readonly megabytes?: number;
	/** Emulated processors run at the same time. Nothing can be driven there: chooseAccelerator() says why. */
	readonly parallel?: boolean;
	/** Goes on when we are gone. */
	readonly stays?: boolean;
}

export interface Launched {
	readonly qemu: ChildProcess;
	readonly destination: Destination;
	readonly console: Console;
	/** How it runs, and why so. */
	readonly accelerator: string;
}

/** Starts a guest that keeps its files in a folder. Throws Unavailable. */
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
 * With one thread for all processors, QEMU stops at every access that is watched. With one for each, it does not see a
 * cmpxchg (measured with QEMU 7.2). A KVM without hardware behind it opens, and then fails on some instruction.
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

/** Unless it is to stay, it dies with us, where the system allows it also when we are killed. */
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
