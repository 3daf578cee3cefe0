// SPDX-License-Identifier: MIT
/** The switches of x86-64, of arm64 and of everything else do the same. arm64 runs under qemu-user. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { machineFolder } from '../../implementations/native/sources';
import { packageRoot } from '../../runner/text/package-root';
import { type Need, needs } from '../needs';

const EXPECTED = `second 4.5 15
second 13.5 75
second 40.5 375
first 12 24
121212
`;

const targets: Readonly<Record<string, readonly [cc: Need, flags: string[], run: Need[]]>> = {
	'this machine': ['cc', [], []],
	ucontext: ['cc', ['-DDV_UCONTEXT'], []],
	arm64: ['aarch64-linux-gnu-gcc', ['-static'], ['qemu-aarch64']],
};

const folder = mkdtempSync(join(tmpdir(), 'dax-coroutine-'));
const sources = [join(packageRoot, 'test/native/coroutine.c'), join(machineFolder, 'coroutine.c')];

for (const [name, [cc, flags, run]] of Object.entries(targets))
	for (const level of ['-O0', '-O2'])
		t.test(`${name}, ${level}: switches between coroutines`, needs(cc, ...run), async (t) => {
			const program = join(folder, `${name}${level}`.replace(/\W/g, ''));
			execFileSync(cc, [...flags, level, `-I${machineFolder}`, ...sources, '-o', program]);
			const [command, ...args]: string[] = [...run, program];
			t.equal(execFileSync(command!, args, { encoding: 'utf8' }), EXPECTED);
		});
