// SPDX-License-Identifier: MIT
/** The functions of the kernel that a litmus test may call, as linux-kernel.def defines them. */
import type { Action, Fence, Order, Read } from '../../runner/memory/action';
import { atomicOf } from './atomics';
import type { Primitive, Tainted, Thread } from './thread';

/** A primitive that returns nothing. */
const effect = (
	takes: string,
	actions: (thread: Thread, ...args: Tainted[]) => Action[],
): Primitive => ({
	takes,
	*run(thread, ...args) {
		yield* actions(thread, ...args);
		return undefined;
	},
});

const location = ({ value }: Tainted): string => String(value);

const load = (takes: string, order: Order): Primitive => ({
	takes,
	run: (thread, from: Tainted) =>
		thread.read({ location: location(from), order, depends: thread.depends(from.from) }),
});

const write = (thread: Thread, to: Tainted, { value, from }: Tainted, order: Order): Action => ({
	kind: 'write',
	location: location(to),
	order,
	value,
	depends: thread.depends(to.from, from),
});

const store = (takes: string, order: Order): Primitive =>
	effect(takes, (thread, to: Tainted, value: Tainted) => [write(thread, to, value, order)]);

const fenceOf = (thread: Thread, fence: Fence): Action => ({
	kind: 'fence',
	fence,
	depends: thread.depends(),
});

const fence = (kind: Fence): Primitive => effect('', (thread) => [fenceOf(thread, kind)]);

const gracePeriod: Primitive = effect('p', (thread, domain: Tainted) => [
	{ kind: 'grace-period', location: location(domain), depends: thread.depends() },
]);

const rcuGracePeriod: Primitive = effect('', (thread) => [
	{ kind: 'grace-period', location: null, depends: thread.depends() },
]);

const SPIN_LOCK: Pick<Read, 'order' | 'update' | 'blocks' | 'lock'> = {
	order: 'once',
	update: (old) => (old === 0 ? 1 : undefined),
	blocks: true,
	lock: true,
};

const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map([
	['READ_ONCE', load('l', 'once')],
	['rcu_dereference', load('l', 'once')],
	['WRITE_ONCE', store('lv', 'once')],
	['rcu_assign_pointer', store('lv', 'release')],
	['smp_load_acquire', load('p', 'acquire')],
	['smp_store_release', store('pv', 'release')],
	['atomic_read', load('p', 'once')],
	['atomic_read_acquire', load('p', 'acquire')],
	['atomic_set', store('pv', 'once')],
	['atomic_set_release', store('pv', 'release')],
	[
		'smp_store_mb',
		effect('lv', (thread, to: Tainted, value: Tainted) => [
			write(thread, to, value, 'once'),
			fenceOf(thread, 'mb'),
		]),
	],
	['smp_mb', fence('mb')],
	['smp_rmb', fence('rmb')],
	['smp_wmb', fence('wmb')],
	['barrier', fence('barrier')],
	['smp_mb__before_atomic', fence('before-atomic')],
	['smp_mb__after_atomic', fence('after-atomic')],
	['smp_mb__after_spinlock', fence('after-spinlock')],
	['smp_mb__after_unlock_lock', fence('after-unlock-lock')],
	['smp_mb__after_srcu_read_unlock', fence('after-srcu-read-unlock')],
	[
		'rcu_read_lock',
		effect('', (thread) => {
			thread.open.push(thread.beginSection());
			return [{ kind: 'section-begin', location: null, depends: thread.depends() }];
		}),
	],
	[
		'rcu_read_unlock',
		effect('', (thread) => {
			const ends = thread.open.pop();
			if (ends === undefined) throw new Error('no rcu_read_lock() before this');
			return [{ kind: 'section-end', location: null, ends, depends: thread.depends() }];
		}),
	],
	['synchronize_rcu', rcuGracePeriod],
	['synchronize_rcu_expedited', rcuGracePeriod],
	[
		'srcu_read_lock',
		{
			takes: 'p',
			*run(thread, domain: Tainted) {
				yield { kind: 'section-begin', location: location(domain), depends: thread.depends() };
				return { value: 0, from: [], section: thread.beginSection() };
			},
		},
	],
	[
		'srcu_read_unlock',
		effect('pv', (thread, domain: Tainted, { section }: Tainted) => {
			if (section === undefined)
				throw new Error('the second argument did not come from srcu_read_lock()');
			const depends = thread.depends();
			return [{ kind: 'section-end', location: location(domain), ends: section, depends }];
		}),
	],
	['synchronize_srcu', gracePeriod],
	['synchronize_srcu_expedited', gracePeriod],
	[
		'spin_lock',
		{
			takes: 'p',
			*run(thread, lock: Tainted) {
				const depends = thread.depends(lock.from);
				yield* thread.read({ ...SPIN_LOCK, location: location(lock), depends });
				return undefined;
			},
		},
	],
	[
		'spin_unlock',
		effect('p', (thread, lock: Tainted) => [
			{ ...write(thread, lock, { value: 0, from: [] }, 'once'), unlock: true } as Action,
		]),
	],
	['spin_is_locked', load('p', 'once')],
]);

export const primitiveOf = (name: string): Primitive | undefined =>
	PRIMITIVES.get(name) ?? atomicOf(name);
