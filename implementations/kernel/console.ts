// SPDX-License-Identifier: MIT
/** A guest's serial console, which QEMU writes to a file. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { notRun } from '../unavailable';
import { NO_MODULE, READY } from './initramfs';

/** Milliseconds that a boot may take: ten times the slowest boot measured. */
const BOOT_LIMIT = 120_000;

/** Line that begins the report of a crash. */
const CRASH = /Kernel panic|BUG:|Oops:/;

/** Line of a kernel's instruction or of a frame; "?" marks a frame that is not certain. */
const FRAME = /^RIP: 0010:|^ [\w.]+\+0x/;

export class Console {
	/** path: file of the console; errors: file of QEMU's own stderr. */
	constructor(
		readonly path: string,
		private readonly errors: string,
	) {}

	lines(): string[] {
		return linesOf(this.path);
	}

	/** The last lines, preceded by the first line of the panic or oops that they belong to. */
	ending(count = 20): string[] {
		const lines = this.lines();
		const last = lines.slice(-count);
		const cause = lines.slice(0, -count).find((line) => CRASH.test(line));
		return cause === undefined ? last : [cause, '...', ...last];
	}

	/** The cause of a panic or oops, its instruction and call traces, innermost first; empty where there is none. */
	crash(): string[] {
		const lines = this.lines().map((line) => line.replace(/^\[ *\d+\.\d+\] /, ''));
		const first = lines.findIndex((line) => CRASH.test(line));
		if (first < 0) return [];
		const end = lines.findIndex(
			(line, index) => index > first && line.startsWith('---[ end trace'),
		);
		const report = lines.slice(first + 1, end < 0 ? undefined : end);
		return [lines[first] ?? '', ...report.filter((line) => FRAME.test(line))];
	}

	/** Waits until the guest prints READY. Throws Unavailable when it ends or does not boot in time. */
	async ready(qemu: ChildProcess): Promise<void> {
		for (const limit = Date.now() + BOOT_LIMIT; ; await sleep(50)) {
			const lines = this.lines();
			if (lines.some((line) => line.startsWith(NO_MODULE)))
				throw this.refusal('a module cannot be loaded in the guest');
			if (lines.includes(READY)) return;
			if (qemu.exitCode !== null || qemu.signalCode !== null)
				throw this.refusal('the guest ended while it booted');
			if (Date.now() > limit) throw this.refusal('the guest does not come up');
		}
	}

	/** The error for a guest that cannot be used, with the end of the console. */
	refusal(what: string, ...messages: string[]): Error {
		const lines = [...this.lines().slice(-20), ...messages, ...linesOf(this.errors)];
		return notRun([`${what}:`, ...lines].join('\n'));
	}
}

/** The lines of a file that are not blank; none when the file does not exist. */
function linesOf(path: string): string[] {
	const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
	return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
