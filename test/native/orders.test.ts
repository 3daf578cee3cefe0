// SPDX-License-Identifier: MIT
/**
 * Memory order of each primitive of the shim's vocabulary, in classic litmus tests as compiled C: under the LKMM, and
 * under x86-TSO by its axioms and through store buffers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openNative } from '../../implementations/native';
import { portFolder } from '../../implementations/native/sources';
import type { Program } from '../../schema/types/program';
import { allowed } from '../memory/ends';
import { endsUnderStoreBuffers } from '../memory/store-buffers';
import { needs } from '../needs';
import { type Edit, editedTree } from './edits';

const CC = needs('cc');

/** A litmus test of two threads: the queried end, and the models that allow it. */
interface Classic {
	readonly name: string;
	readonly threads: readonly [string, string];
	readonly results: readonly [string, string];
	readonly lkmm: boolean;
	readonly tso: boolean;
}

const write = (place: string) => `WRITE_ONCE(${place}, NULL);`;
const read = (place: string) => `!READ_ONCE(${place})`;
const ALLOWED = [true, true] as const;
const NEVER = [false, false] as const;
const LKMM = [true, false] as const;

type Says = readonly [boolean, boolean];

/** Store buffering: can both loads miss the other thread's store? */
const sb = (name: string, [lkmm, tso]: Says, body: (mine: string, other: string) => string) => ({
	name: `SB ${name}`,
	threads: [body('X', 'Y'), body('Y', 'X')] as const,
	results: ['ok', 'ok'] as const,
	lkmm,
	tso,
});

const between = (name: string, says: Says, fence: string) =>
	sb(name, says, (mine, other) => `${write(mine)} ${fence} r1 = ${read(other)};`);

const storing = (name: string, says: Says, store: (place: string) => string) =>
	sb(name, says, (mine, other) => `${store(mine)} r1 = ${read(other)};`);

/** Message passing: can a thread see the flag and miss the store before it? */
const mp = (name: string, [lkmm, tso]: Says, writer: string, reader: string) => ({
	name: `MP ${name}`,
	threads: [writer, reader] as const,
	results: ['ok', '10'] as const,
	lkmm,
	tso,
});

const fenced = (name: string, says: Says, first: string, second: string) =>
	mp(
		name,
		says,
		`${write('X')} ${first} ${write('Y')}`,
		`r1 = ${read('Y')}; ${second} r2 = ${read('X')};`,
	);

const publishing = (name: string, says: Says, store: string) =>
	mp(name, says, `${write('X')} ${store}`, `r1 = !smp_load_acquire(&Y); r2 = ${read('X')};`);

/** Load buffering: can both loads see the store that follows the other load? */
const lb = (name: string, [lkmm, tso]: Says, body: (from: string, to: string) => string) => ({
	name: `LB ${name}`,
	threads: [body('X', 'Y'), body('Y', 'X')] as const,
	results: ['1', '1'] as const,
	lkmm,
	tso,
});

/** A grace period against a read section with two loads. */
const grace = (name: string, says: Says, wait: string, enter: string, leave: string) =>
	mp(
		name,
		says,
		`${write('X')} ${wait} ${write('Y')}`,
		`${enter} r1 = ${read('Y')}; r2 = ${read('X')}; ${leave}`,
	);

const underLock = (body: string) => `spin_lock(&spin); ${body} spin_unlock(&spin);`;

/** Message passing with the stores under a lock, and the loads under a lock or not. */
const locked = (name: string, says: Says, lock: string, unlock: string, both: boolean) => {
	const loads = `r1 = ${read('Y')}; r2 = ${read('X')};`;
	const stores = `${lock} ${write('X')} ${write('Y')} ${unlock}`;
	return mp(name, says, stores, both ? `${lock} ${loads} ${unlock}` : loads);
};

const COUNT = '&dax_dev->inode.i_count';
const swap = (how: string) => (place: string) => `${how}(&${place}, NULL);`;
const tryCompare = (how: string) => (place: string) =>
	`{ typeof(${place}) old = ${place}; ${how}(&${place}, &old, NULL); }`;
const compare = (how: string) => (place: string) => `${how}(&${place}, (void *)${place}, NULL);`;

const classics: Classic[] = [
	between('', ALLOWED, ''),
	between('barrier', ALLOWED, 'barrier();'),
	between('smp_mb', NEVER, 'smp_mb();'),
	between('smp_wmb', ALLOWED, 'smp_wmb();'),
	between('smp_rmb', ALLOWED, 'smp_rmb();'),
	between('atomic_inc', LKMM, `atomic_inc(${COUNT});`),
	between('atomic_dec', LKMM, `atomic_dec(${COUNT});`),
	between('before_atomic', NEVER, `smp_mb__before_atomic(); atomic_inc(${COUNT});`),
	between('after_atomic', NEVER, `atomic_inc(${COUNT}); smp_mb__after_atomic();`),
	between('atomic_inc_not_zero', NEVER, `atomic_inc_not_zero(${COUNT});`),
	between('atomic_dec_and_test', NEVER, `atomic_dec_and_test(${COUNT});`),
	between('atomic_read', ALLOWED, `atomic_read(${COUNT});`),
	between('atomic_set', ALLOWED, `atomic_set(${COUNT}, 5);`),
	between('set_bit', LKMM, 'set_bit(0, &Z);'),
	between('clear_bit', LKMM, 'clear_bit(0, &Z);'),
	between('test_bit', ALLOWED, 'test_bit(0, &Z);'),
	between('test_and_set_bit', NEVER, 'test_and_set_bit(0, &Z);'),
	between('test_and_clear_bit', NEVER, 'test_and_clear_bit(0, &Z);'),
	between('failed cmpxchg', LKMM, 'cmpxchg(&Z, 6, 0);'),
	between('failed try_cmpxchg', LKMM, '{ unsigned long six = 6; try_cmpxchg(&Z, &six, 0); }'),
	between('cmpxchg that changes nothing', NEVER, `cmpxchg(${COUNT}.counter, 2, 2);`),
	between('synchronize_srcu', NEVER, 'synchronize_srcu(&dax_srcu);'),
	between('synchronize_rcu', NEVER, 'synchronize_rcu();'),
	storing('smp_store_release', ALLOWED, (place) => `smp_store_release(&${place}, NULL);`),
	storing('smp_store_mb', NEVER, (place) => `smp_store_mb(${place}, NULL);`),
	storing('xchg', NEVER, swap('xchg')),
	storing('xchg_relaxed', LKMM, swap('xchg_relaxed')),
	storing('xchg_acquire', LKMM, swap('xchg_acquire')),
	storing('xchg_release', LKMM, swap('xchg_release')),
	storing('cmpxchg', NEVER, compare('cmpxchg')),
	storing('cmpxchg_relaxed', LKMM, compare('cmpxchg_relaxed')),
	storing('try_cmpxchg', NEVER, tryCompare('try_cmpxchg')),
	storing('try_cmpxchg_relaxed', LKMM, tryCompare('try_cmpxchg_relaxed')),
	sb(
		'smp_load_acquire',
		ALLOWED,
		(mine, other) => `${write(mine)} r1 = !smp_load_acquire(&${other});`,
	),
	fenced('', LKMM, '', ''),
	fenced('smp_mb smp_mb', NEVER, 'smp_mb();', 'smp_mb();'),
	fenced('smp_wmb smp_rmb', NEVER, 'smp_wmb();', 'smp_rmb();'),
	fenced('smp_wmb', LKMM, 'smp_wmb();', ''),
	fenced('smp_rmb', LKMM, '', 'smp_rmb();'),
	fenced('smp_rmb smp_rmb', LKMM, 'smp_rmb();', 'smp_rmb();'),
	fenced('smp_wmb smp_wmb', LKMM, 'smp_wmb();', 'smp_wmb();'),
	publishing('once', LKMM, write('Y')),
	publishing('smp_store_release', NEVER, 'smp_store_release(&Y, NULL);'),
	publishing('rcu_assign_pointer', NEVER, 'rcu_assign_pointer(Y, NULL);'),
	publishing('RCU_INIT_POINTER', LKMM, 'RCU_INIT_POINTER(Y, NULL);'),
	publishing('cmpxchg', NEVER, compare('cmpxchg')('Y')),
	publishing('cmpxchg_release', NEVER, compare('cmpxchg_release')('Y')),
	publishing('cmpxchg_acquire', LKMM, compare('cmpxchg_acquire')('Y')),
	publishing('cmpxchg_relaxed', LKMM, compare('cmpxchg_relaxed')('Y')),
	publishing('xchg_release', NEVER, swap('xchg_release')('Y')),
	publishing('xchg_relaxed', LKMM, swap('xchg_relaxed')('Y')),
	lb('', LKMM, (from, to) => `r2 = ${read(from)}; ${write(to)}`),
	lb('smp_mb', NEVER, (from, to) => `r2 = ${read(from)}; smp_mb(); ${write(to)}`),
	lb('acquire', NEVER, (from, to) => `r2 = !smp_load_acquire(&${from}); ${write(to)}`),
	lb('release', NEVER, (from, to) => `r2 = ${read(from)}; smp_store_release(&${to}, NULL);`),
	lb('control', NEVER, (from, to) => `r2 = ${read(from)}; if (r2) ${write(to)}`),
	grace('srcu', NEVER, 'synchronize_srcu(&dax_srcu);', ENTER(), 'srcu_read_unlock(&dax_srcu, id);'),
	grace('rcu', NEVER, 'synchronize_rcu();', 'rcu_read_lock();', 'rcu_read_unlock();'),
	locked('locks', NEVER, 'spin_lock(&spin);', 'spin_unlock(&spin);', true),
	locked('mutexes', NEVER, 'mutex_lock(&mutex);', 'mutex_unlock(&mutex);', true),
	locked('one lock', LKMM, 'spin_lock(&spin);', 'spin_unlock(&spin);', false),
	sb('locks', NEVER, (mine, other) => underLock(`${write(mine)} r1 = ${read(other)};`)),
	sb('lock before', NEVER, (mine, other) => `${underLock(write(mine))} r1 = ${read(other)};`),
	grace('rcu srcu', LKMM, 'synchronize_rcu();', ENTER(), 'srcu_read_unlock(&dax_srcu, id);'),
];

function ENTER(): string {
	return 'id = srcu_read_lock(&dax_srcu);';
}

/** Puts all threads into one function, which tells them apart by the arguments of dax_holder_notify_failure(). */
const bodies = classics.flatMap(({ threads }) => threads);
const edits: Edit[] = [
	{
		from: '/* Failure and removal */\n',
		to: `#define X dax_dev->holder_data
#define Y dax_dev->holder_ops
#define Z dax_dev->flags
static DEFINE_SPINLOCK(spin);
static DEFINE_MUTEX(mutex);
static int litmus(struct dax_device *dax_dev, u64 thread)
{
	int r1 = 0, r2 = 0, id;

	switch (thread) {
${bodies.map((body, index) => `	case ${index}: ${body} break;\n`).join('')}	}
	return 10 * r1 + r2;
}
`,
	},
	{
		in: 'dax_holder_notify_failure',
		from: 'int rc = -ENXIO, id = dax_read_lock();\n',
		to: 'int rc, id;\n\n	return litmus(dax_dev, off);\n',
	},
];

const folder = mkdtempSync(join(tmpdir(), 'dax-tree-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const native = openNative(editedTree(portFolder, folder, edits));
t.teardown(() => native.close?.());

t.test('the litmus tests compile', CC, async (t) => {
	t.equal(native.obstacle, undefined);
});

classics.forEach(({ name, results, lkmm, tso }, index) => {
	t.test(`${name}: lkmm ${lkmm}, tso ${tso}`, CC, async (t) => {
		const call = 'dax_holder_notify_failure';
		const program: Program = {
			id: name,
			device: { alive: true, holder: 'A', ops: 'A', refs: 2 },
			holders: { A: { returns: 'ok', calls: [] } },
			setup: [],
			threads: [0, 1].map((thread) => ({
				name: `P${thread}`,
				calls: [{ site: thread, call, offset: 2 * index + thread }],
			})),
		};
		const alone = native.isolate!(program)!;
		const wanted = JSON.stringify(
			results.map((value, site) => JSON.stringify({ site, value })),
		).slice(1, -1);
		const reaches = (ends: ReadonlySet<string> | null) =>
			[...ends!].some((end) => end.includes(wanted));
		t.equal(reaches(allowed(program, alone, 'sc')), false);
		t.equal(reaches(allowed(program, alone, 'tso')), tso);
		t.equal(reaches(allowed(program, alone, 'lkmm')), lkmm);
		t.same(
			[...allowed(program, alone, 'tso')!].sort(),
			[...endsUnderStoreBuffers(program, alone)].sort(),
		);
	});
});
