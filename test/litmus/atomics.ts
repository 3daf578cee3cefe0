// SPDX-License-Identifier: MIT
/** Read-modify-write operations: the name gives the operation, its order and its result. */
import type { Order, Read } from '../../runner/memory/action';
import { type Primitive, type Steps, type Tainted, type Thread, union } from './thread';

const NAME =
	/^(?:(?:atomic_)?(?<exchange>cmpxchg|xchg)|atomic_(?<fetch>fetch_)?(?<arithmetic>add|sub|inc|dec)(?<result>_return|_and_test|_negative)?)(?:_(?<order>relaxed|acquire|release))?$/;

const ORDERS: ReadonlyMap<string | undefined, Order> = new Map([
	['relaxed', 'once'],
	['acquire', 'acquire'],
	['release', 'release'],
]);

export function atomicOf(name: string): Primitive | undefined {
	const groups = NAME.exec(name)?.groups;
	if (!groups) return undefined;
	const order = ORDERS.get(groups.order) ?? 'full';
	if (groups.exchange === 'xchg') return { takes: 'pv', run: xchg(order) };
	if (groups.exchange === 'cmpxchg') return { takes: 'pvv', run: cmpxchg(order) };
	const { arithmetic = '', fetch, result } = groups;
	const run = add(arithmetic === 'add' || arithmetic === 'inc' ? 1 : -1, order, fetch ?? result);
	if (arithmetic === 'add' || arithmetic === 'sub') return { takes: 'vp', run };
	return { takes: 'p', run: (thread, at: Tainted) => run(thread, { value: 1, from: [] }, at) };
}

const xchg = (order: Order) => (thread: Thread, at: Tainted, stored: Tainted) =>
	exchange(thread, at, stored.from, { order, update: () => stored.value });

const cmpxchg =
	(order: Order) => (thread: Thread, at: Tainted, expected: Tainted, stored: Tainted) =>
		exchange(thread, at, union(stored.from, expected.from), {
			order,
			update: (old) => (old === expected.value ? stored.value : undefined),
		});

function exchange(
	thread: Thread,
	{ value, from }: Tainted,
	data: readonly number[],
	action: Pick<Read, 'order' | 'update'>,
): Steps<Tainted> {
	return thread.read({ ...action, location: String(value), depends: thread.depends(from, data) });
}

/** @param result  undefined where the operation returns nothing */
const add = (sign: number, order: Order, result: string | undefined) =>
	function* (thread: Thread, by: Tainted, at: Tainted): Steps<Tainted | undefined> {
		const amount = sign * Number(by.value);
		const old = yield* thread.read({
			location: String(at.value),
			order: result === undefined ? 'noreturn' : order,
			depends: thread.depends(at.from, by.from),
			update: (value) => Number(value) + amount,
			computes: true,
		});
		const after = Number(old.value) + amount;
		const from = union(old.from, by.from);
		switch (result) {
			case undefined:
				return undefined;
			case 'fetch_':
				return old;
			case '_return':
				return { value: after, from };
			case '_negative':
				return { value: Number(after < 0), from };
			default:
				return { value: Number(after === 0), from };
		}
	};
