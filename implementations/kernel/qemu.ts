// SPDX-License-Identifier: MIT
/** QEMU with the machine that the module needs. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
	accessSync,
	closeSync,
	constants,
	openSync,
	readFileSync,
	realpathSync,
	statSync,
} from 'node:fs';
import { findTool } from '../system/command';
import { MONITOR } from './monitor';

const QEMU = 'qemu-system-x86_64';

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

export interface Accelerator {
	/** Value of QEMU's option -accel. */
	readonly option: string;
	/** Value of -cpu. */
	readonly cpu: string;
	/** The accelerator, with the reason. */
	readonly why: string;
}

/** Options of QEMU that name no file of a guest and no port: guests with equal ones can resume from one state. */
export function machineOptions(
	{ option, cpu }: Accelerator,
	{ append = [], megabytes = 512 }: { append?: readonly string[]; megabytes?: number },
): string[] {
	return [
		...['-accel', option, '-cpu', cpu, '-smp', String(PROCESSORS), '-m', String(megabytes)],
		...['-nodefaults', '-display', 'none', '-no-reboot'],
		...['-append', [...COMMAND_LINE, ...append].join(' ')],
		// The generator of random numbers is seeded again in each guest that resumes from the same state.
		...['-device', 'virtio-rng-pci', '-device', 'vmgenid,guid=auto'],
		...['-device', 'virtio-net-pci,netdev=net,romfile='],
	];
}

/** Options that differ between guests. */
export interface GuestOptions {
	readonly image: string;
	readonly initramfs: string;
	/** File of the console, which QEMU appends to. */
	readonly console: string;
	/** Port of the host that leads to the SSH server. */
	readonly port: number;
}

export const guestOptions = ({ image, initramfs, console, port }: GuestOptions): string[] => [
	...['-kernel', image, '-initrd', initramfs],
	...['-chardev', `file,id=console,append=on,path=${console.replaceAll(',', ',,')}`],
	...['-serial', 'chardev:console'],
	...['-netdev', `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
];

/**
 * Chooses KVM or emulation. With one thread for all processors, QEMU traps every watched access; with a thread for each
 * processor it misses cmpxchg (measured with QEMU 7.2). /dev/kvm can open without hardware support and fail later.
 */
export function chooseAccelerator(parallel: boolean): Accelerator {
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

/**
 * Starts QEMU with a monitor on its stdin and stdout; errors: file of its stderr. It ends with this process, even after
 * SIGKILL where the system has setpriv, unless it stays.
 */
export function startQemu(errors: string, stays: boolean, args: readonly string[]): ChildProcess {
	const setpriv = stays ? undefined : findTool('setpriv');
	const prefix = setpriv ? [setpriv, '--pdeathsig', 'KILL'] : [];
	const [program = '', ...rest] = [...prefix, findTool(QEMU) ?? QEMU, ...args, ...MONITOR];
	const file = openSync(errors, 'w');
	const child = spawn(program, rest, { stdio: ['pipe', 'pipe', file], detached: stays });
	closeSync(file);
	return child;
}

/** Text that changes with QEMU's program. */
export function qemuIdentity(): string {
	const path = realpathSync(findTool(QEMU) ?? QEMU);
	const { size, mtimeMs } = statSync(path);
	return [path, size, mtimeMs].join(' ');
}
