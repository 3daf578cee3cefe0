// SPDX-License-Identifier: MIT
/** A kernel under QEMU, with a way in that only this run has. Nothing of it outlives the process. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, findTool } from '../command';
import { notRun } from '../obstacle';
import { READY, writeInitramfs } from './initramfs';
import type { KernelBuild } from './kernel-build';
import type { Destination } from './ssh';
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
const PROCESSORS = 4;
/** Milliseconds. Ten times what a slow machine took. */
const BOOT_LIMIT = 120_000;

/**
 * WARNs stay in the guest's log: printing one takes longer than finding it. An oops goes to the console whatever the
 * level, and nothing comes after it that could be believed. mitigations=off: nobody attacks this guest, and emulated processors pay for it.
 */
const COMMAND_LINE = [
	'console=ttyS0',
	'loglevel=4',
	'panic=-1',
	'oops=panic',
	'random.trust_cpu=on',
	'mitigations=off',
	'net.ifnames=0',
];

export interface Guest {
	readonly destination: Destination;
	/** How it runs, and why so. */
	readonly accelerator: string;
	/** The process id of QEMU. */
	readonly pid: number;
	/** Resolves when it is gone. */
	readonly ended: Promise<void>;
	/** The last lines of its console. */
	lastLines(count?: number): string[];
	stop(): Promise<void>;
}

/** Boots a kernel with modules loaded. Throws ObstacleError where that cannot be. */
export async function boot(kernel: KernelBuild, modules: readonly string[]): Promise<Guest> {
	requireTools(TOOLS);
	sweep();
	const folder = mkdtempSync(join(tmpdir(), `${FOLDERS}${process.pid}-`));
	const discard = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', discard);
	exitOnSignals();
	try {
		const port = await freePort();
		const destination = makeKeys(folder, port);
		const archive = join(folder, 'initramfs');
		writeInitramfs(join(folder, 'root'), archive, [...kernel.guestModules, ...modules], {
			host: join(folder, 'host_key'),
			authorized: join(folder, 'key.pub'),
		});
		const accelerator = chooseAccelerator();
		const console = join(folder, 'console');
		const child = start(folder, [
			...['-accel', accelerator.option, '-cpu', accelerator.cpu],
			...['-smp', String(PROCESSORS), '-m', '512', '-nodefaults', '-display', 'none', '-no-reboot'],
			...['-kernel', kernel.image, '-initrd', archive, '-append', COMMAND_LINE.join(' ')],
			...['-serial', `file:${console}`, '-device', 'virtio-rng-pci'],
			...['-netdev', `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
			...['-device', 'virtio-net-pci,netdev=net,romfile='],
		]);
		const kill = () => void child.kill('SIGKILL');
		process.once('exit', kill);
		const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
		const lines = (): string[] => {
			const text = existsSync(console) ? readFileSync(console, 'latin1') : '';
			return text.split(/\r?\n/).filter((line) => line.trim() !== '');
		};
		const stop = async (): Promise<void> => {
			kill();
			await ended;
			process.off('exit', kill);
			process.off('exit', discard);
			discard();
		};
		await answered(child, lines).catch(async (error) => {
			await stop();
			throw error;
		});
		rmSync(archive);
		rmSync(join(folder, 'root'), { recursive: true });
		return {
			destination,
			accelerator: accelerator.why,
			pid: child.pid!,
			ended,
			lastLines: (count = 20) => ending(lines(), count),
			stop,
		};
	} catch (error) {
		discard();
		process.off('exit', discard);
		throw error;
	}
}

/** Begins the name of a guest's folder; the process id of its runner comes next. */
const FOLDERS = 'dax-guest-';

/** Removes the folders of runners that were killed. */
function sweep(): void {
	for (const name of readdirSync(tmpdir())) {
		const pid = name.startsWith(FOLDERS) && /^(\d+)-/.exec(name.slice(FOLDERS.length))?.[1];
		if (pid && !existsSync(`/proc/${pid}`))
			rmSync(join(tmpdir(), name), { recursive: true, force: true });
	}
}

/** A signal that nobody takes ends the process without a word: then nobody would clean up. */
function exitOnSignals(): void {
	for (const [signal, code] of [
		['SIGINT', 130],
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)
		if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(code));
}

/** The last lines, with what they are the end of in front: a dump is longer than that. */
function ending(lines: readonly string[], count: number): string[] {
	const last = lines.slice(-count);
	const cause = lines.slice(0, -count).findLast((line) => /Kernel panic|BUG:|Oops:/.test(line));
	return cause === undefined ? last : [cause, '...', ...last];
}

/** Waits until the guest says that it can be reached. */
async function answered(child: ChildProcess, lines: () => string[]): Promise<void> {
	for (const limit = Date.now() + BOOT_LIMIT; ; await sleep(50)) {
		if (lines().includes(READY)) return;
		const gone = child.exitCode !== null || child.signalCode !== null;
		if (!gone && Date.now() < limit) continue;
		const what = gone ? 'the guest ended while it booted' : 'the guest does not come up';
		throw notRun([`${what}:`, ...lines().slice(-20)].join('\n'));
	}
}

/**
 * With one thread for all processors, QEMU stops at every access that is watched. With one for each, it does not see a
 * cmpxchg (measured with QEMU 7.2). A KVM without hardware behind it opens, and then fails on some instruction.
 */
function chooseAccelerator() {
	const emulated = (why: string) => ({
		option: 'tcg,thread=single',
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

/** Starts QEMU; where the system allows it, it also dies with us when we are killed. */
function start(folder: string, args: readonly string[]): ChildProcess {
	const qemu = findTool('qemu-system-x86_64')!;
	const setpriv = findTool('setpriv');
	const errors = openSync(join(folder, 'errors'), 'w');
	const stdio = ['ignore', errors, errors] as const;
	const child = setpriv
		? spawn(setpriv, ['--pdeathsig', 'KILL', qemu, ...args], { stdio: [...stdio] })
		: spawn(qemu, args, { stdio: [...stdio] });
	closeSync(errors);
	return child;
}

/** The guest's key and ours, made for this run. */
function makeKeys(folder: string, port: number): Destination {
	const hostKey = join(folder, 'host_key');
	const identity = join(folder, 'key');
	const told = command(findTool('dropbearkey')!, ['-t', 'ed25519', '-f', hostKey]);
	const [hostPublic] = told.match(/ssh-ed25519 \S+/)!;
	const knownHosts = join(folder, 'known_hosts');
	writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostPublic}\n`);
	command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'dax-vectors', '-f', identity]);
	return {
		host: 'root@127.0.0.1',
		options: [
			...['-F', 'none', '-p', String(port), '-i', identity, '-o', 'IdentitiesOnly=yes'],
			...['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'GlobalKnownHostsFile=/dev/null'],
			...['-o', 'StrictHostKeyChecking=yes'],
		],
	};
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}
