// SPDX-License-Identifier: MIT
/** QEMU's monitor on its stdin and stdout: lines of JSON, as docs/interop/qmp-spec of QEMU defines them. */
import type { ChildProcess } from 'node:child_process';

/** Options of QEMU that this class needs. */
export const MONITOR = ['-qmp', 'stdio'];

interface Line {
	readonly return?: unknown;
	readonly error?: { readonly desc: string };
}

interface Waiting {
	readonly resolve: (answer: unknown) => void;
	readonly reject: (error: Error) => void;
}

export class Monitor {
	private readonly waiting: Waiting[] = [];
	private partial = '';

	/** qemu: started with MONITOR, its stdin and stdout as pipes. */
	constructor(private readonly qemu: ChildProcess) {
		qemu.stdin?.on('error', () => {});
		qemu.stdout?.setEncoding('utf8').on('data', (text: string) => this.take(text));
		qemu.once('exit', () => {
			for (const { reject } of this.waiting.splice(0)) reject(new Error('QEMU ended'));
		});
		this.ask('qmp_capabilities').catch(() => {});
	}

	/** Resolves with QEMU's answer to a command. Rejects when QEMU refuses it, or ends. */
	ask(execute: string, args: object = {}): Promise<unknown> {
		if (this.qemu.exitCode !== null || this.qemu.signalCode !== null)
			return Promise.reject(new Error('QEMU ended'));
		this.qemu.stdin?.write(`${JSON.stringify({ execute, arguments: args })}\n`);
		return new Promise((resolve, reject) => {
			this.waiting.push({ resolve, reject });
		});
	}

	/** The status that a query answers, such as "running" to query-status. */
	async status(query: 'query-status' | 'query-migrate'): Promise<string | undefined> {
		return ((await this.ask(query)) as { status?: string }).status;
	}

	/** Closes the connection. QEMU runs on. */
	close(): void {
		this.qemu.stdin?.destroy();
		this.qemu.stdout?.destroy();
	}

	/** QEMU answers commands in order. Its other lines are a greeting and events. */
	private take(text: string): void {
		const lines = (this.partial + text).split('\n');
		this.partial = lines.pop() ?? '';
		for (const line of lines) {
			const { return: answer, error } = JSON.parse(line) as Line;
			if (error) this.waiting.shift()?.reject(new Error(error.desc));
			else if (answer !== undefined) this.waiting.shift()?.resolve(answer);
		}
	}
}
