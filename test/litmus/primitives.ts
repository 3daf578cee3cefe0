// SPDX-License-Identifier: MIT
/** The functions of the kernel that a litmus test may call, as linux-kernel.def has them. */
import type { Fence, Order, Section } from '../../runner/memory/action';
import { atomic } from './atomics';
import type { Steps, Thread } from './interpret';
import { type Tainted, ZERO } from './operators';
import type { Call } from './syntax';

type Primitive = (thread: Thread, call: Call) => Steps<Tainted | undefined>;

const fence = (kind: Fence): Primitive =>
	function* (thread) {
		yield { kind: 'fence', fence: kind, depends: thread.depends([]) };
		return undefined;
	};

const load = (order: Order): Primitive =>
	function* (thread, { args, at }) {
		const { location, from } = yield* thread.pointer(args[0]!, at);
		return yield* thread.read({ kind: 'read', location, order, depends: thread.depends(from) });
	};

const store = (order: Order): Primitive =>
	function* (thread, { args, at }) {
		const { location, from } = yield* thread.pointer(args[0]!, at);
		const { value, from: data } = yield* thread.evaluate(args[1]!);
		yield { kind: 'write', location, order, value, depends: thread.depends(from, data) };
		return undefined;
	};

const readOnce: Primitive = (thread, { args }) => thread.load(args[0]!, 'once');

const assign = (order: 'once' | 'release'): Primitive =>
	function* (thread, { args }) {
		yield* thread.store(args[0]!, args[1]!, order);
		return undefined;
	};

const rcu = (kind: Section['kind']): Primitive =>
	function* (thread, { at }) {
		let ends: number | undefined;
		if (kind === 'section-begin') thread.open.push(thread.sections++);
		if (kind === 'section-end')
			ends = thread.open.pop() ?? thread.fail(at, 'no rcu_read_lock() before this');
		yield {
			kind,
			location: null,
			depends: thread.depends([]),
			...(ends !== undefined && { ends }),
		};
		return undefined;
	};

const srcuLock: Primitive = function* (thread, { args, at }) {
	const { location } = yield* thread.pointer(args[0]!, at);
	yield { kind: 'section-begin', location, depends: thread.depends([]) };
	return { ...ZERO, section: thread.sections++ };
};

const srcuUnlock: Primitive = function* (thread, { args, at }) {
	const { location } = yield* thread.pointer(args[0]!, at);
	const { section } = yield* thread.evaluate(args[1]!);
	if (section === undefined)
		return thread.fail(at, 'the second argument did not come from srcu_read_lock()');
	yield { kind: 'section-end', location, ends: section, depends: thread.depends([]) };
	return undefined;
};

const srcuSynchronize: Primitive = function* (thread, { args, at }) {
	const { location } = yield* thread.pointer(args[0]!, at);
	yield { kind: 'grace-period', location, depends: thread.depends([]) };
	return undefined;
};

const lock: Primitive = function* (thread, { args, at }) {
	const { location, from } = yield* thread.pointer(args[0]!, at);
	yield* thread.read({
		kind: 'read',
		location,
		order: 'once',
		depends: thread.depends(from),
		update: (old) => (old === 0 ? 1 : undefined),
		blocks: true,
		lock: true,
	});
	return undefined;
};

const unlock: Primitive = function* (thread, { args, at }) {
	const { location, from } = yield* thread.pointer(args[0]!, at);
	const depends = thread.depends(from);
	yield { kind: 'write', location, order: 'once', value: 0, unlock: true, depends };
	return undefined;
};

/** The function, and how many arguments it takes. */
const PRIMITIVES: Readonly<Record<string, readonly [number, Primitive]>> = {
	READ_ONCE: [1, readOnce],
	rcu_dereference: [1, readOnce],
	WRITE_ONCE: [2, assign('once')],
	rcu_assign_pointer: [2, assign('release')],
	smp_load_acquire: [1, load('acquire')],
	smp_store_release: [2, store('release')],
	atomic_read: [1, load('once')],
	atomic_read_acquire: [1, load('acquire')],
	atomic_set: [2, store('once')],
	atomic_set_release: [2, store('release')],
	smp_store_mb: [
		2,
		function* (thread, { args }) {
			yield* thread.store(args[0]!, args[1]!, 'once');
			yield { kind: 'fence', fence: 'mb', depends: thread.depends([]) };
			return undefined;
		},
	],
	smp_mb: [0, fence('mb')],
	smp_rmb: [0, fence('rmb')],
	smp_wmb: [0, fence('wmb')],
	barrier: [0, fence('barrier')],
	smp_mb__before_atomic: [0, fence('before-atomic')],
	smp_mb__after_atomic: [0, fence('after-atomic')],
	smp_mb__after_spinlock: [0, fence('after-spinlock')],
	smp_mb__after_unlock_lock: [0, fence('after-unlock-lock')],
	smp_mb__after_srcu_read_unlock: [0, fence('after-srcu-read-unlock')],
	rcu_read_lock: [0, rcu('section-begin')],
	rcu_read_unlock: [0, rcu('section-end')],
	synchronize_rcu: [0, rcu('grace-period')],
	synchronize_rcu_expedited: [0, rcu('grace-period')],
	srcu_read_lock: [1, srcuLock],
	srcu_read_unlock: [2, srcuUnlock],
	synchronize_srcu: [1, srcuSynchronize],
	synchronize_srcu_expedited: [1, srcuSynchronize],
	spin_lock: [1, lock],
	spin_unlock: [1, unlock],
	spin_is_locked: [1, load('once')],
};

export function* primitive(thread: Thread, call: Call): Steps<Tainted | undefined> {
	const { name, args, at } = call;
	const found = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
	if (!found) return yield* atomic(thread, call);
	const [count, run] = found;
	if (args.length !== count)
		return thread.fail(at, `${name}() takes ${count} arguments, not ${args.length}`);
	return yield* run(thread, call);
}
