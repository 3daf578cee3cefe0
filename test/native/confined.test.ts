// SPDX-License-Identifier: MIT
/** The code of a tree makes no system call, neither when it is loaded nor when it is executed. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openNative } from '../../implementations/native';
import { DONE, NAMES, OUTPUT } from '../../implementations/native/abi';
import { openMachine } from '../../implementations/native/machine';
import { TreeProcess } from '../../implementations/native/process';
import { portFolder } from '../../implementations/native/sources';
import { findToolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import { decide } from '../../runner/decide/decide';
import { failureDiagram } from '../../runner/diagram/columns';
import type { Execution } from '../../schema/types/execution';
import { OPTIONS, small } from '../cases';
import { fileNeeds } from '../needs';
import { type Edit, editedTree } from './edits';
import { put, release } from './faulty-release';
import { callIn, withCode } from './system-call';

fileNeeds(t, __filename, 'cc');

function opened(edits: readonly Edit[], unconfined = false): Implementation {
	const tree = editedTree(portFolder, mkdtempSync(join(tmpdir(), 'dax-confined-')), edits);
	const native = openNative(tree, { unconfined });
	t.teardown(() => native.close?.());
	return native;
}

const execute = (native: Implementation): Execution =>
	(native.execute(release.program, [[]]) as Execution[])[0]!;

/** A call that makes a folder at a path. */
const mkdir = (path: string): string => callIn('mkdirat', -100, `"${path}"`, '0700');

const refused: readonly (readonly [name: string, call: string])[] = [
	['openat()', callIn('openat', -100, '"/etc/passwd"')],
	['mmap()', callIn('mmap', 0, 4096, 3, 0x22)],
	['socket()', callIn('socket', 2, 1)],
	['clone()', callIn('clone', 17)],
	['execve()', callIn('execve', '"/bin/sh"')],
	['kill()', callIn('kill', 1, 0)],
	['ptrace()', callIn('ptrace', 0)],
	['prctl()', callIn('prctl', 1, 0)],
	['futex()', callIn('futex', '&dax_hosts', 3, 1)],
	['system call 4000', 'raw(4000, 0, 0, 0, 0)'],
	['system call -1', 'raw(-1, 0, 0, 0, 0)'],
];

for (const [name, call] of refused)
	t.test(`${name} is a fault that names the call`, async (t) => {
		const native = opened([withCode(), put(`	${call};\n	put_dax(dax_dev);\n`)]);
		const { faults, results } = execute(native);
		t.match(faults, [{ fault: 'system-call', agent: 0, call: name }]);
		t.match(results, [{ site: 1 }], 'the other thread goes on');
		const { verdict, failures } = await decide(release, native, OPTIONS);
		t.equal(verdict, 'fail');
		t.match(failures, [{ message: `system-call: fs_put_dax() of release calls ${name}` }]);
		const text = failures.flatMap((each) => failureDiagram(each)).join('\n');
		t.ok(text.includes(`system-call ${name}`), text);
	});

t.test('without confinement the call is made', async (t) => {
	const folder = t.testdir();
	const made = join(folder, 'made');
	const edits = [withCode(), put(`	${mkdir(made)};\n	put_dax(dax_dev);\n`)];
	t.match(execute(opened(edits)).faults, [{ call: 'mkdirat()' }]);
	t.notOk(existsSync(made));
	t.same(execute(opened(edits, true)).faults, []);
	t.ok(existsSync(made));
});

const x64 = { skip: process.arch !== 'x64' && 'written for x86-64' };

t.test('a call in the way of another architecture is refused', x64, async (t) => {
	const native = opened([
		put('	__asm__ volatile("int $0x80" : : "a"(20) : "memory");\n	put_dax(dax_dev);\n'),
	]);
	t.match(execute(native).faults, [{ call: 'a system call of another architecture' }]);
	const x32 = opened([withCode(), put(`	raw(0x40000000 | 39, 0, 0, 0, 0);\n`)]);
	t.match(execute(x32).faults, [{ call: `system call ${0x40000000 + 39}` }]);
});

t.test('a refused call of a setup is a crash that names the call', async (t) => {
	const native = opened([withCode(), put(`	${callIn('socket', 2, 1)};\n`)]);
	const bad = small(`
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
setup: [{call: fs_put_dax, holder: A}]
threads: {calls: [{call: dax_holder}]}
outcomes: {any: {device: {alive: true}}}
`);
	const verdict = await decide(bad, native, OPTIONS);
	t.match(verdict, { verdict: 'crash', reason: 'setup ends in a system-call: socket()' });
});

t.test('a tree that calls while it boots is not-run with the name of the call', async (t) => {
	const edits = [
		withCode(),
		{
			in: 'dax_init',
			from: '	if (!dax_cache)\n',
			to: `	if (${callIn('socket', 2, 1)} == 77 || !dax_cache)\n`,
		},
	];
	t.match(opened(edits).obstacle, {
		verdict: 'not-run',
		reason: /^the tree calls socket\(\) while it boots, which its process may not do/,
	});
	t.equal(opened(edits, true).obstacle, undefined);
});

/** Places where code is named that runs when an object is loaded. */
const early: readonly (readonly [name: string, text: (call: string) => string])[] = [
	[
		'a constructor',
		(call) => `static void __attribute__((constructor)) early(void)\n{\n	${call};\n}\n`,
	],
	[
		'.preinit_array',
		(call) =>
			`static void early(void)\n{\n	${call};\n}\nstatic void *entry __attribute__((used, section(".init_array.0"))) = early;\n`,
	],
	[
		'_init()',
		(call) => `void __attribute__((visibility("default"))) _init(void)\n{\n	${call};\n}\n`,
	],
	[
		'the section .init',
		(call) => `void __attribute__((section(".init"))) _init(void)\n{\n	${call};\n}\n`,
	],
	[
		'a destructor',
		(call) => `static void __attribute__((destructor)) late(void)\n{\n	${call};\n}\n`,
	],
];

for (const [name, text] of early)
	t.test(`${name} does not run, with or without confinement`, async (t) => {
		const made = join(t.testdir(), 'made');
		for (const unconfined of [false, true]) {
			const native = opened([withCode(text(mkdir(made)))], unconfined);
			t.equal(native.obstacle, undefined);
			t.same(execute(native).faults, []);
			await native.close?.();
			t.notOk(existsSync(made));
		}
	});

t.test('a tree with an IFUNC is not loaded, and its resolver does not run', async (t) => {
	const made = join(t.testdir(), 'made');
	const ifunc = `static int chosen(void)\n{\n	return 0;\n}\nstatic void *resolve(void)\n{\n	${mkdir(made)};\n	return chosen;\n}\nint early(void) __attribute__((ifunc("resolve"), visibility("hidden")));\nint (*early_pointer)(void) = early;\n`;
	for (const unconfined of [false, true]) {
		const { obstacle } = opened([withCode(ifunc)], unconfined);
		t.match(obstacle, { verdict: 'not-run', reason: /^the compiled tree cannot be loaded/ });
		t.notOk(existsSync(made));
	}
});

t.test('a tree with much data is not loaded', async (t) => {
	for (const size of ['65 << 10', '1 << 30']) {
		const { obstacle } = opened([withCode(`char large[${size}];\n`)]);
		t.match(obstacle, {
			verdict: 'not-run',
			reason: /^the compiled tree cannot be loaded \(-E2BIG\)/,
		});
	}
});

t.test('memory of a process without confinement is bounded', async (t) => {
	const map = callIn('mmap', 0, '64UL << 20', 3, 0x22);
	const native = opened(
		[
			withCode(),
			put(
				`	int count = 0;\n\n	while (${map} > 0)\n		count++;\n	if (count > 4)\n		BUG();\n	put_dax(dax_dev);\n`,
			),
		],
		true,
	);
	t.same(execute(native).faults, []);
});

/** Words of the shared memory that a tree could forge. */
const forged: readonly (readonly [name: string, index: number, value: number])[] = [
	['more answers than requests', DONE, 2],
	['no answer', DONE, 0],
	['many events', OUTPUT, 0x7fffffff],
	['a negative number of events', OUTPUT, -1],
	['many records', OUTPUT + 1, 0x7fffffff],
];

for (const [name, index, value] of forged)
	t.test(`an answer with ${name} is a crash`, async (t) => {
		const toolchain = findToolchain();
		const machine = openMachine(toolchain);
		const request = (memory: ArrayBuffer): number => {
			const death = machine.addon.request(memory);
			new Int32Array(memory)[NAMES] = 0x7fffffff;
			new Int32Array(memory)[index] = value;
			return death;
		};
		const addon = { ...machine.addon, request };
		const tree = compileFolder(portFolder, toolchain);
		const hostile = new TreeProcess({ ...machine, addon }, tree);
		t.teardown(() => hostile.stop());
		const malformed = { message: /malformed answer/, verdict: 'crash' };
		t.throws(() => hostile.execute(release.program, [[]]), malformed);
	});

t.test('the process inherits no environment and no file', async (t) => {
	const { DAX_SECRET } = process.env;
	process.env.DAX_SECRET = 'secret';
	t.teardown(() => {
		if (DAX_SECRET === undefined) delete process.env.DAX_SECRET;
	});
	const toolchain = findToolchain();
	const { addon, command } = openMachine(toolchain);
	const before = new Set(machinesOf(process.pid));
	const memory = addon.start(compileFolder(portFolder, toolchain).path, [...command, '1']);
	t.equal(addon.request(memory), 0);
	const [child, ...others] = machinesOf(process.pid).filter((name) => !before.has(name));
	t.same(others, []);
	t.equal(readFileSync(`/proc/${child}/environ`, 'utf8'), '');
	t.same(readdirSync(`/proc/${child}/fd`), ['0', '1', '2']);
	const status = readFileSync(`/proc/${child}/status`, 'utf8');
	t.match(status, /^NoNewPrivs:\t1$/m);
	t.match(status, /^Seccomp:\t2$/m);
	t.match(readFileSync(`/proc/${child}/limits`, 'utf8'), /^Max address space +268435456 /m);
	addon.stop(memory);
	t.notOk(existsSync(`/proc/${child}`));
});

/** Numbers of the machines that a process started. */
const machinesOf = (parent: number): string[] =>
	readdirSync('/proc').filter((name) => {
		if (!/^\d+$/.test(name)) return false;
		try {
			const words = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
			return words[2] === String(parent) && /\/machine$/.test(words[0] ?? '');
		} catch {
			return false;
		}
	});
