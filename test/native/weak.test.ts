// SPDX-License-Identifier: MIT
/**
 * Weak memory on real C: every vector that memory models can judge has the same ends as on the model of the same
 * revision, and under sequential consistency the ends of its interleavings. Failures of weak memory occur in C, too.
 */
import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { explore } from '../../runner/explore/explore';
import type { Trace } from '../../runner/explore/trace';
import { dependenceOf } from '../../runner/judge/judge-trace';
import type { Case } from '../../runner/library/compile';
import { exportLitmus } from '../../runner/litmus/export';
import { NotExpressible } from '../../runner/litmus/not-expressible';
import type { ModelName } from '../../runner/memory/models';
import { caseOf, library, OPTIONS, reference } from '../cases';
import { allowed, endOf } from '../memory/ends';
import { endsUnderStoreBuffers } from '../memory/store-buffers';
import { needs } from '../needs';
import { tool } from '../tool';
import { debianTree } from './debian';
import type { Edit } from './edits';
import { revisionTree } from './revisions';
import { seeded } from './seeded';

const CC = needs('cc');
const TREE = needs('cc', 'kernel source');

const MODELS = ['sc', 'tso', 'lkmm'] as const;

function opened(t: Test, path?: string): Implementation {
	const native = openNative(path);
	t.equal(native.obstacle, undefined, 'every check here needs a compiler');
	t.teardown(() => native.close?.());
	return native;
}

const sorted = (ends: ReadonlySet<string>): string[] => [...ends].sort();

const trees: readonly [string, string, () => string | undefined, ReturnType<typeof needs>][] = [
	['the port', 'merged', () => undefined, CC],
	["Debian's 6.12", 'v6.12-stable', () => debianTree('6.12'), TREE],
	['the merged file', 'merged', () => revisionTree('merged'), TREE],
	['V1', 'v1', () => revisionTree('v1'), TREE],
];

for (const [about, name, path, needed] of trees)
	t.test(`${about} has the ends of the model, under each memory model`, needed, async (t) => {
		const native = opened(t, path());
		const model = reference(name);
		let compared = 0;
		for (const test of await library()) {
			const { program } = test;
			if (test.needs.calls.some((call) => !native.calls.includes(call))) continue;
			const alone = native.isolate!(program);
			const threads = model.isolate!(program);
			t.equal(alone === null, threads === null, `${test.id}: fits`);
			if (!alone || !threads || !allowed(program, threads, 'sc')) continue;
			compared++;
			const [sc, tso, lkmm] = MODELS.map((memory) => {
				const ends = sorted(allowed(program, alone, memory)!);
				t.same(ends, sorted(allowed(program, threads, memory)!), `${test.id}: ${memory}`);
				return ends;
			});
			const ends = new Set<string>();
			const visit = ({ execution }: Trace): void => {
				ends.add(endOf(execution));
			};
			const dependence = dependenceOf(test);
			await explore({ implementation: native, program, dependence, options: OPTIONS, visit });
			t.same(sc, sorted(ends), `${test.id}: interleaved`);
			t.same(tso, sorted(endsUnderStoreBuffers(program, alone)), `${test.id}: store buffers`);
			t.ok(
				sc!.every((end) => lkmm!.includes(end)),
				`${test.id}: weaker`,
			);
		}
		t.ok(compared > 50, `${compared} vectors`);
	});

async function verdicts(native: Implementation, id: string): Promise<string> {
	const test = await caseOf(id);
	const verdict = async (memory: ModelName) =>
		(await decide(test, native, { ...OPTIONS, memory })).verdict;
	return [await verdict('sc'), await verdict('tso'), await verdict('lkmm')].join(' ');
}

/** Like put-relaxed-release, with release order, which suffices (B08). */
const releaseOnly: Edit = { ...seeded['put-relaxed-release']![0]! };

/** Cases of DAXV-0060: the edit, the claiming call, and the verdicts under sc, tso and lkmm. */
const weak: readonly [string, readonly Edit[], string, string][] = [
	['merged', [], 'fs_dax_get', 'pass pass pass'],
	['put-relaxed-release', seeded['put-relaxed-release']!, 'fs_dax_get', 'pass pass fail'],
	['put-acquire-release', seeded['put-acquire-release']!, 'fs_dax_get', 'pass pass fail'],
	['put-failed-barrier', seeded['put-failed-barrier']!, 'fs_dax_get', 'pass pass fail'],
	['get-relaxed-claim', seeded['get-relaxed-claim']!, 'fs_dax_get', 'pass pass fail'],
	['bdev-relaxed-claim', seeded['bdev-relaxed-claim']!, 'fs_dax_get_by_bdev', 'pass pass fail'],
	[
		'a release is enough',
		[{ ...releaseOnly, to: releaseOnly.to.replace('relaxed', 'release') }],
		'fs_dax_get',
		'pass pass pass',
	],
	[
		'smp_wmb() before a relaxed release is enough',
		[{ ...releaseOnly, to: `		smp_wmb();\n${releaseOnly.to}` }],
		'fs_dax_get',
		'pass pass pass',
	],
	[
		'smp_rmb() there is not',
		[{ ...releaseOnly, to: `		smp_rmb();\n${releaseOnly.to}` }],
		'fs_dax_get',
		'pass pass fail',
	],
];

for (const [about, edits, call, expected] of weak)
	t.test(`DAXV-0060 on real C: ${about}: ${expected}`, TREE, async (t) => {
		const native = opened(t, revisionTree('merged', edits));
		t.equal(await verdicts(native, `DAXV-0060/${call}`), expected);
	});

t.test(
	'DAXV-0061: verdicts on the plain stores of kill_dax() in the merged file and in 6.12',
	TREE,
	async (t) => {
		t.equal(await verdicts(opened(t, revisionTree('merged')), 'DAXV-0061'), 'pass pass fail');
		t.equal(await verdicts(opened(t, debianTree('6.12')), 'DAXV-0061'), 'skip skip skip');
		const bdev = 'DAXV-0060/fs_dax_get_by_bdev';
		t.equal(await verdicts(opened(t, debianTree('6.12')), bdev), 'fail fail fail');
	},
);

const LOCK: Edit = {
	in: 'fs_put_dax',
	from: '{\n	if (dax_dev && holder) {\n',
	to: '{\n	if (dax_dev && holder) {\n		spin_lock(&holder_lock);\n',
};
const DEFINE: Edit = {
	from: 'DEFINE_STATIC_SRCU(dax_srcu);\n',
	to: 'DEFINE_STATIC_SRCU(dax_srcu);\nstatic DEFINE_SPINLOCK(holder_lock);\n',
};
/** Edits that replace cmpxchg() by plain accesses under a lock. */
const underLock = (unlock: string): Edit[] => [
	DEFINE,
	{ ...LOCK, to: `${LOCK.to}		dax_dev->holder_ops = NULL;\n` },
	{ in: 'fs_put_dax', from: '		WRITE_ONCE(dax_dev->holder_ops, NULL);\n', to: '' },
	{
		in: 'fs_put_dax',
		from: '		prev = cmpxchg(&dax_dev->holder_data, holder, NULL);\n',
		to: `		prev = dax_dev->holder_data;\n		dax_dev->holder_data = NULL;\n${unlock}`,
	},
	{
		in: 'fs_dax_get',
		from: 'if (!rc && cmpxchg(&dax_dev->holder_data, NULL, holder))',
		to: `if (!rc) {
		spin_lock(&holder_lock);
		if (dax_dev->holder_data) {
			rc = -EBUSY;
		} else {
			dax_dev->holder_data = holder;
			dax_dev->holder_ops = hops;
		}
		spin_unlock(&holder_lock);
	}
	if (rc == -EBUSY)`,
	},
	{ in: 'fs_dax_get', from: '	dax_dev->holder_ops = hops;\n	return 0;', to: '	return 0;' },
];
const UNLOCK = '		spin_unlock(&holder_lock);\n';

t.test('a lock orders the accesses under it', TREE, async (t) => {
	const native = opened(t, revisionTree('merged', underLock(UNLOCK)));
	t.equal(await verdicts(native, 'DAXV-0060/fs_dax_get'), 'pass pass pass');
	const oneSided = underLock('').map((edit) => ({
		...edit,
		to: edit.to.replace('		spin_lock(&holder_lock);\n		dax_dev', '		dax_dev'),
	}));
	const late = opened(t, revisionTree('merged', oneSided));
	t.equal(await verdicts(late, 'DAXV-0060/fs_dax_get'), 'pass pass fail');
});

t.test('exported litmus tests equal those of the model, barriers included', TREE, async (t) => {
	const text = async (test: Case, of: Implementation) =>
		exportLitmus(test, of).then(
			(exported) => exported.text,
			(error) => (error instanceof NotExpressible ? error.message : Promise.reject(error)),
		);
	const port = opened(t);
	for (const test of await library())
		t.equal(await text(test, port), await text(test, reference()), test.id);
	const test = await caseOf('DAXV-0060/fs_dax_get');
	const fenced = opened(t, revisionTree('merged', weak[7]![1]));
	t.match(await text(test, fenced), /Result: Never[\s\S]*smp_wmb\(\);\n\t*r\d = cmpxchg_relaxed/);
	const locked = opened(t, revisionTree('merged', underLock(UNLOCK)));
	t.equal(await text(test, locked), 'it takes holder_lock around accesses');
});

t.test('a vector that memory models cannot judge is skipped with the reason', TREE, async (t) => {
	const weakly = async (edits: readonly Edit[], timeout = OPTIONS.timeout) => {
		const native = opened(t, revisionTree('merged', edits));
		const test = await caseOf('DAXV-0060/fs_dax_get');
		const { verdict, reason } = await decide(test, native, { ...OPTIONS, timeout, memory: 'lkmm' });
		return `${verdict}: ${reason}`;
	};
	t.match(await weakly(underLock('')), /^skip: holder_lock is never released/);
	const counter = { ...LOCK, to: `${LOCK.from}		static int releases;\n\n		releases++;\n` };
	t.match(await weakly([counter]), /^skip: it writes other memory than the four fields/);
	const spin = {
		...LOCK,
		to: `${LOCK.from}		while (READ_ONCE(dax_dev->holder_data))\n			;\n`,
	};
	t.match(await weakly([spin]), /^not-run: a thread reads more than 512 times: does it spin\?/);
	t.match(await weakly([spin], 100), /^timeout: no end after 100 ms/);
});

t.test('a failure names the delayed store with lines of the file', TREE, async (t) => {
	const tree = revisionTree('merged', seeded['put-relaxed-release']);
	const { code, out } = await tool([
		'run',
		'DAXV-0060',
		'-i',
		`native:${tree}`,
		'--memory',
		'lkmm',
	]);
	t.equal(code, 1);
	t.match(out, /\(holder_ops = NULL waits\)\n {2}holder_data A -> NULL {2}:\d+\n/);
	t.match(out, /holder_ops B -> NULL {2}:\d+\n.*\^\^\^ delayed/);
	t.match(
		out,
		'*** on the CPU of release: the store to holder_ops is delayed past the update of holder_data',
	);
});
