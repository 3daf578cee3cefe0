// SPDX-License-Identifier: MIT
/** The machine on arm64, under qemu-user: its loader, its confinement, and executions of a tree. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openMachine } from '../../implementations/native/machine';
import { TreeProcess } from '../../implementations/native/process';
import { machineFolder, portFolder } from '../../implementations/native/sources';
import { findToolchain, type Toolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import { packageRoot } from '../../runner/text/package-root';
import { small } from '../cases';
import { type Need, needs } from '../needs';
import { type Edit, editedTree } from './edits';
import { callIn, NUMBERS, withCode } from './system-call';

const CC = 'aarch64-linux-gnu-gcc';
const ARM64 = needs('cc', CC, 'qemu-aarch64');

const folder = mkdtempSync(join(tmpdir(), 'dax-arm64-'));

const targets: readonly (readonly [name: string, cc: Need, column: 0 | 1, run: Need[]])[] = [
	['this machine', 'cc', process.arch === 'arm64' ? 1 : 0, []],
	['arm64', CC, 1, ['qemu-aarch64']],
];

for (const [name, cc, column, run] of targets)
	t.test(
		`${name}: the filter allows waits, wake-ups and exits only`,
		needs(cc, ...run),
		async (t) => {
			const program = join(folder, `filter-${column}-${cc}`);
			const sources = [join(packageRoot, 'test/native/filter.c'), join(machineFolder, 'confine.c')];
			execFileSync(cc, ['-static', `-I${machineFolder}`, ...sources, '-o', program]);
			const [command = '', ...args] = [...run, program];
			const printed = execFileSync(command, args, { encoding: 'utf8' });
			const numberOf = (call: keyof typeof NUMBERS) => String(NUMBERS[call][column]);
			const expected = [
				...(['exit_group', 'rt_sigreturn', 'restart_syscall'] as const).map(numberOf),
				// FUTEX_WAIT and FUTEX_WAKE.
				...['(0)', '(1)'].map((operation) => `${numberOf('futex')}${operation}`),
			];
			t.same(printed.trim().split('\n').sort(), expected.sort());
		},
	);

/** Compiles the machine for arm64. */
function emulatedMachine(): string {
	const program = join(folder, 'machine');
	const files = readdirSync(machineFolder).filter((name) => name.endsWith('.c'));
	const sources = files.map((name) => join(machineFolder, name));
	if (!existsSync(program)) execFileSync(CC, ['-O2', '-static', ...sources, '-o', program]);
	return program;
}

/** The process of the port with edits, on arm64 or on this machine. */
function opened(edits: readonly Edit[], { emulated = true, confined = false } = {}): TreeProcess {
	const toolchain = findToolchain();
	const machine = openMachine(toolchain);
	const cross: Toolchain = { ...toolchain, cc: [CC], family: 'gcc', version: `${CC} of a test` };
	const tree = editedTree(portFolder, mkdtempSync(join(folder, 'tree-')), edits);
	const process = new TreeProcess(
		emulated ? { ...machine, command: ['qemu-aarch64', emulatedMachine()] } : machine,
		compileFolder(tree, emulated ? cross : toolchain),
		confined,
	);
	t.teardown(() => process.stop());
	return process;
}

const race = small(`
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  claim: [{call: fs_dax_get, holder: B, ops: B}]
  removal: [{call: kill_dax}]
outcomes:
  any: {device: {alive: false}}
`);

/** Replaces the body of fs_put_dax() that drops a reference. */
const put = (body: string): Edit => ({ in: 'fs_put_dax', from: '	put_dax(dax_dev);\n', to: body });

t.test('an execution on arm64 is the one on this machine', ARM64, async (t) => {
	const schedules = [[], [1], [2, 2, 2, 0], [0, 0, 1, 1, 2], [1, 1, 2, 2, 2, 0, 0, 1]];
	const [arm64, own] = [true, false].map((emulated) =>
		opened([], { emulated }).execute(race.program, schedules),
	);
	t.equal(arm64?.length, schedules.length);
	t.ok(arm64?.every(({ events }) => events.length > 5));
	t.same(arm64, own);
});

const faults: readonly (readonly [fault: string, body: string])[] = [
	['null-dereference', '	*(volatile int *)0x40 = 1;\n'],
	['null-call', '	((void (*)(void))0)();\n'],
	['wild-access', '	*(volatile char *)fs_put_dax = 0;\n'],
	['stack-overflow', '	fs_put_dax(NULL, NULL);\n'],
	['bug', '	BUG();\n'],
];

for (const [fault, body] of faults)
	t.test(`a fault on arm64: ${fault}`, ARM64, async (t) => {
		const [execution] = opened([put(body)]).execute(race.program, [[]]);
		t.match(execution?.faults, [{ fault, agent: 0 }]);
	});

t.test('where the filter cannot be set, a tree is not-run with the reason', ARM64, async (t) => {
	// qemu-user has no seccomp.
	t.throws(() => opened([], { confined: true }).calls(), {
		message: /^the process of the tree cannot be confined \(seccomp: -E\w+\): --unconfined runs/,
		obstacle: { verdict: 'not-run' },
	});
	t.ok(opened([]).calls().length > 10);
});

t.test('no code of an object runs on arm64 when it is loaded', ARM64, async (t) => {
	const made = join(folder, 'made');
	const mkdir = callIn('mkdirat', -100, `"${made}"`, '0700');
	const early = `static void __attribute__((constructor)) early(void)\n{\n	${mkdir};\n}\n`;
	t.same(opened([withCode(early)]).execute(race.program, [[]])[0]?.faults, []);
	t.notOk(existsSync(made));
	const ifunc = `static int chosen(void)\n{\n	return 0;\n}\nstatic void *resolve(void)\n{\n	${mkdir};\n	return chosen;\n}\nint early(void) __attribute__((ifunc("resolve"), visibility("hidden")));\nint (*early_pointer)(void) = early;\n`;
	t.throws(() => opened([withCode(ifunc)]).calls(), { message: /tree cannot be loaded/ });
	t.notOk(existsSync(made));
	// The call is one that works.
	t.same(opened([withCode(), put(`	${mkdir};\n`)]).execute(race.program, [[]])[0]?.faults, []);
	t.ok(existsSync(made));
});
