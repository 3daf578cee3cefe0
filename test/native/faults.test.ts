// SPDX-License-Identifier: MIT
/** Faults of the code under test are outcomes, or end its process; the runner goes on. */
import t from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { failureDiagram } from '../../runner/diagram/columns';
import type { Execution } from '../../schema/types/execution';
import { caseOf, OPTIONS, small } from '../cases';
import { needs } from '../needs';
import type { Edit } from './edits';
import { put, release } from './faulty-release';
import { revisionTree } from './revisions';

const TREE = needs('cc', 'kernel source');

const { program } = release;

function opened(
	edits: readonly Edit[],
	revision = 'v6.12-stable',
	options: Parameters<typeof openNative>[1] = {},
): Implementation {
	const native = openNative(revisionTree(revision, edits), options);
	t.equal(native.obstacle, undefined);
	t.teardown(() => native.close?.());
	return native;
}

const execute = (native: Implementation, schedule: number[] = []): Execution =>
	(native.execute(program, [schedule]) as Execution[])[0]!;

const wrongs: readonly [string, string, string][] = [
	['null-dereference', 'a read of NULL', '	dax_dev = NULL;\n	dax_holder(dax_dev);\n'],
	['null-dereference', 'a write near NULL', '	*(volatile int *)0x40 = 1;\n'],
	['null-call', 'a call through NULL', '	((void (*)(void))0)();\n'],
	[
		'use-after-free',
		'freed memory',
		'	iput(&dax_dev->inode);\n	iput(&dax_dev->inode);\n	run_dax(dax_dev);\n',
	],
	['wild-access', 'a wild store', '	*(volatile int *)0xdead0000beefUL = 1;\n'],
	['wild-access', 'a store into code', '	*(volatile char *)fs_put_dax = 0;\n'],
	['wild-access', 'a jump to nowhere', '	((void (*)(void))0xdead0000beefUL)();\n'],
	['stack-overflow', 'endless recursion', '	fs_put_dax(NULL, NULL);\n'],
	['bug', 'BUG()', '	BUG();\n'],
	['bug', 'a division by zero', '	volatile int zero = 0;\n\n	zero = 7 / zero;\n'],
	['livelock', 'an endless loop with accesses', '	while (READ_ONCE(dax_dev->flags))\n		;\n'],
	['livelock', 'an endless loop of warnings', '	for (;;)\n		WARN_ON(1);\n'],
	['livelock', 'an endless loop without', '	for (;;)\n		barrier();\n'],
];

for (const [fault, about, body] of wrongs)
	t.test(`${fault}: ${about}`, TREE, async (t) => {
		const native = opened([put(body)]);
		for (const schedule of [[], [1], [0, 0, 1]]) {
			const { faults, results } = execute(native, schedule);
			const [first, ...others] = faults;
			t.match(first, { fault }, `schedule ${schedule}`);
			// A freed device is freed for both threads; a livelock ends the whole execution.
			if (fault !== 'use-after-free') t.same(others, []);
			t.ok(others.every((other) => other.fault === fault && other.agent === 1));
			const goesOn = fault !== 'livelock' && fault !== 'use-after-free';
			if (goesOn) t.match(results, [{ site: 1 }], 'the other thread goes on');
		}
		t.same(execute(native), execute(native), 'the same execution each time');
	});

t.test('a wild store cannot change what another execution sees', TREE, async (t) => {
	const native = opened([
		{ from: 'static dev_t dax_devt;\n', to: 'static dev_t dax_devt;\nstatic int left_behind;\n' },
		put('	if (left_behind++)\n		BUG();\n	put_dax(dax_dev);\n'),
	]);
	for (let again = 0; again < 3; again++) t.same(execute(native).faults, []);
});

const x64 = { skip: process.arch !== 'x64' && 'written for x86-64' };

t.test('a cmpxchg of a negative number stores', TREE, async (t) => {
	const native = opened([
		put('	static int word = -1;\n\n	if (cmpxchg(&word, -1, 5) != -1 || word != 5)\n		BUG();\n'),
	]);
	t.same(execute(native).faults, []);
});

t.test('callbacks are listed in the order of their events', TREE, async (t) => {
	const native = opened([]);
	const nested = small(`
holders: {A: {notify_failure: {calls: [{call: dax_holder_notify_failure}]}}}
device: {alive: true, holder: A, ops: A}
threads: {one: [{call: dax_holder_notify_failure}], two: [{call: dax_holder_notify_failure}]}
outcomes: {any: {faults: [livelock]}}
`).program;
	const [execution] = native.execute(nested, [[0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]]) as Execution[];
	const events = execution!.callbacks.map(({ event }) => event);
	t.ok(events.length > 2);
	t.same(
		events,
		[...events].sort((a, b) => a - b),
	);
	for (const { event, holder } of execution!.callbacks)
		t.match(execution!.events[event], { op: 'call', object: `${holder}.notify_failure` });
});

t.test(
	'a process that dies is a crash, and the next program runs in another',
	{ ...x64, ...needs('cc', 'kernel source') },
	async (t) => {
		// Inline assembly, because the compiler does not instrument it.
		const kill = `	if (dax_dev->flags == 3)
		__asm__ volatile("syscall" : : "a"(231), "D"(7) : "rcx", "r11", "memory");
	put_dax(dax_dev);
`;
		const native = opened([
			put(kill),
			{ in: 'run_dax', from: 'DAXDEV_ALIVE', to: 'DAXDEV_WRITE_CACHE' },
		]);
		const deadly = small(`
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads: {calls: [{call: run_dax}, {call: fs_put_dax, holder: A}]}
outcomes: {any: {device: {alive: true}}}
`);
		const verdict = await decide(deadly, native, OPTIONS);
		t.match(verdict, { verdict: 'crash', reason: /^the process of the tree exited with 7$/ });
		t.same(execute(native).faults, [], 'the next program runs');
		t.match(await decide(deadly, native, OPTIONS), { verdict: 'crash' });
		t.match(await decide(await caseOf('DAXV-0003/fs_dax_get_by_bdev'), native, OPTIONS), {
			verdict: 'pass',
		});
	},
);

t.test(
	'a process that dies is started again twice, and the third death is a crash',
	{ ...x64, ...needs('cc', 'kernel source') },
	async (t) => {
		const folder = t.testdir();
		/** Ends the process at the first executions: mkdir() succeeds once for each path. */
		const dying = (...names: string[]) => {
			const paths = names.map((name) => `"${folder}/${name}"`);
			const mkdir = (path: string) =>
				`	__asm__ volatile("syscall" : "=a"(error) : "a"(83), "D"(${path}), "S"(0700) : "rcx", "r11", "memory");
	if (!error)
		__asm__ volatile("syscall" : : "a"(231), "D"(7) : "rcx", "r11", "memory");
`;
			const body = `	long error;\n\n${paths.map(mkdir).join('')}	put_dax(dax_dev);\n`;
			return opened([put(body)], 'v6.12-stable', { unconfined: true });
		};
		const once = small(`
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads: {calls: [{call: fs_put_dax, holder: A}]}
outcomes: {any: {device: {alive: true}}}
`);
		t.match(await decide(once, dying('a', 'b'), OPTIONS), { verdict: 'pass' }, 'two deaths');
		t.match(
			await decide(once, dying('c', 'd', 'e'), OPTIONS),
			{ verdict: 'crash' },
			'three deaths',
		);
	},
);

t.test('a setup that crashes is the verdict crash', TREE, async (t) => {
	const native = opened([put('	BUG();\n')]);
	const bad = small(`
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
setup: [{call: fs_put_dax, holder: A}]
threads: {calls: [{call: dax_holder}]}
outcomes: {any: {device: {alive: true}}}
`);
	t.match(await decide(bad, native, OPTIONS), { verdict: 'crash', reason: /setup ends in a bug/ });
});

t.test('a double fetch fails with both lines of the file', TREE, async (t) => {
	const native = opened([], 'v6.8');
	const { verdict, failures } = await decide(await caseOf('DAXV-0031'), native, OPTIONS);
	t.equal(verdict, 'fail');
	t.match(failures, [{ message: /^null-dereference: dax_holder_notify_failure\(\)/ }]);
	const text = failures.flatMap((each) => failureDiagram(each)).join('\n');
	t.match(text, /holder_ops A \(plain\) {2}:\d+[\s\S]*holder_ops NULL \(plain\) {2}:\d+/);
});
