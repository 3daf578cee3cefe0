// SPDX-License-Identifier: MIT
/** What a guest writes on its serial console, from the first byte: a file. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { notRun } from '../unavailable';
import { NO_MODULE, READY } from './initramfs';

/** Milliseconds. Ten times what a slow machine took. */
const BOOT_LIMIT = 120_000;

export class Console {
	/** errors: what QEMU itself says. */
	constructor(
		readonly path: string,
		private readonly errors: string,
	) {}

	lines(): string[] {
		return linesOf(this.path);
	}

	/** The last lines, with what they are the end of in front: a dump is longer than that. */
	ending(count = 20): string[] {
		const lines = this.lines();
		const last = lines.slice(-count);
		const cause = lines.slice(0, -count).find((line) => /Kernel panic|BUG:|Oops:/.test(line));
		return cause === undefined ? last : [cause, '...', ...last];
	}

	/** Waits until the guest says that it can be reached. Throws Unavailable when it does not. */
	async ready(qemu: ChildProcess): Promise<void> {
		for (const limit = Date.now() + BOOT_LIMIT; ; await sleep(50)) {
			const lines = this.lines();
			if (lines.some((line) => line.startsWith(NO_MODULE)))
				throw this.refusal('a module cannot be loaded');
			if (lines.includes(READY)) return;
			if (qemu.exitCode !== null || qemu.signalCode !== null)
				throw this.refusal('the guest ended while it booted');
			if (Date.now() > limit) throw this.refusal('the guest does not come up');
		}
	}

	private refusal(what: string): Error {
		return notRun([`${what}:`, ...this.lines().slice(-20), ...linesOf(this.errors)].join('\n'));
	}
}

/** All lines of a file that have something in them; none when it is not there. */
function linesOf(path: string): string[] {
	const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
	return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
