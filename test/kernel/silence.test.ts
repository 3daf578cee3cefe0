// SPDX-License-Identifier: MIT
/** A guest that stops answering is replaced once for a program, because a busy host can cause that; then it is a crash. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import t from 'tap';
import { Machine } from '../../implementations/kernel/machine';
import type { Host } from '../../implementations/kernel/session';
import { caseOf } from '../cases';

/** Answers to "hello", the program and its one schedule. A silent one makes a file when it is asked for the program. */
const script = (hello: string, asked: string) => `#!/bin/sh
read line; echo '${hello}'
case "$*" in *silent*) read line; >${asked}; exec cat >/dev/null; esac
while read line; do
	case $line in
	ready) echo ready ;;
	run*) printf '%s\\n' 'start 1 - - 1' 'device 1 - - 1' end ;;
	esac
done
`;

/** Replaces setTimeout(): a test decides when the time is over. */
class Clock {
	private readonly waiting = new Set<() => void>();
	private readonly real = { setTimeout, clearTimeout };

	constructor() {
		Object.assign(globalThis, {
			setTimeout: (run: () => void) => {
				this.waiting.add(run);
				return run;
			},
			clearTimeout: (run: () => void) => this.waiting.delete(run),
		});
	}

	pass(): void {
		for (const run of [...this.waiting]) run();
	}

	restore(): void {
		Object.assign(globalThis, this.real);
	}
}

/** Executes a program on guests of these names, each after the silence of the one before. */
async function execute(...names: string[]) {
	const folder = mkdtempSync(join(tmpdir(), 'dax-silence-'));
	t.teardown(() => rmSync(folder, { recursive: true }));
	const asked = join(folder, 'asked');
	writeFileSync(join(folder, 'ssh'), script('hello 1 6.12 3 dax_holder', asked), { mode: 0o755 });
	const before = process.env.PATH;
	process.env.PATH = `${folder}${delimiter}${before}`;
	let started = 0;
	let stopped = 0;
	const start = async (): Promise<Host> => ({
		destination: { host: names[started++] ?? 'none', options: [] },
		lastLines: () => [],
		stop: async () => void stopped++,
	});
	const machine = new Machine(start, '1');
	const clock = new Clock();
	try {
		const { program } = await caseOf('DAXV-0003/fs_dax_get_by_bdev');
		const ends = machine.execute(program, [[]]);
		const result = ends.then(
			([execution]) => execution?.device,
			({ verdict, message }) => ({ verdict, message }),
		);
		let pending = true;
		void result.finally(() => {
			pending = false;
		});
		for await (const _ of setInterval(50)) {
			if (!pending) break;
			if (!existsSync(asked)) continue;
			rmSync(asked);
			clock.pass();
		}
		return { result: await result, started, stopped };
	} finally {
		clock.restore();
		await machine.stop();
		process.env.PATH = before;
	}
}

t.test('a guest that is silent once is replaced, and the program is executed', async (t) => {
	t.match(await execute('silent', 'answers'), {
		result: { alive: true, holder: null, refs: 0 },
		started: 2,
		stopped: 1,
	});
});

t.test('a guest that is silent twice for a program is a crash', async (t) => {
	t.match(await execute('silent', 'silent', 'answers'), {
		result: { verdict: 'crash', message: /no answer any more/ },
		started: 2,
		stopped: 2,
	});
});
