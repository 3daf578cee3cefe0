// SPDX-License-Identifier: MIT
/** Read-modify-write operations. The name says which, how it is ordered, and what it returns. */
import type { Order } from '../../runner/memory/action';
import type { Steps, Thread } from './interpret';
import { type Tainted, union, ZERO } from './operators';
import type { Call } from './syntax';

const NAME =
	/^(?:(?:atomic_)?(?<exchange>cmpxchg|xchg)|atomic_(?<fetch>fetch_)?(?<arithmetic>add|sub|inc|dec)(?<result>_return|_and_test|_negative)?)(?:_(?<order>relaxed|acquire|release))?$/;

const ORDERS: Readonly<Record<string, Order>> = {
	relaxed: 'once',
	acquire: 'acquire',
	release: 'release',
};

export function* atomic(thread: Thread, { name, args, at }: Call): Steps<Tainted | undefined> {
	const groups = NAME.exec(name)?.groups;
	if (!groups) return thread.fail(at, `${name}() is not known to litmus tests`);
	const { exchange, fetch, arithmetic, result } = groups;
	const order: Order = groups.order ? ORDERS[groups.order]! : 'full';
	const takes = (count: number) => {
		if (args.length !== count) thread.fail(at, `${name}() takes ${count} arguments`);
	};
	if (exchange) {
		takes(exchange === 'xchg' ? 2 : 3);
		const { location, from } = yield* thread.pointer(args[0]!, at);
		const values: Tainted[] = [];
		for (const each of args.slice(1)) values.push(yield* thread.evaluate(each));
		const stored = values.at(-1)!;
		const expected = exchange === 'cmpxchg' ? values[0] : undefined;
		return yield* thread.read({
			kind: 'read',
			location,
			order,
			depends: thread.depends(from, union(stored.from, expected?.from ?? [])),
			update: (old) => (!expected || old === expected.value ? stored.value : undefined),
		});
	}
	const counts = arithmetic === 'inc' || arithmetic === 'dec';
	takes(counts ? 1 : 2);
	const by = counts ? ZERO : yield* thread.evaluate(args[0]!);
	const amount =
		(arithmetic === 'add' || arithmetic === 'inc' ? 1 : -1) * (counts ? 1 : Number(by.value));
	const { location, from } = yield* thread.pointer(args.at(-1)!, at);
	const returns = fetch !== undefined || result !== undefined;
	const old = yield* thread.read({
		kind: 'read',
		location,
		order: returns ? order : 'noreturn',
		depends: thread.depends(from, by.from),
		update: (value) => Number(value) + amount,
		computes: true,
	});
	if (!returns) return undefined;
	const after = Number(old.value) + amount;
	const reads = union(old.from, by.from);
	if (fetch) return old;
	if (result === '_return') return { value: after, from: reads };
	return { value: Number(result === '_negative' ? after < 0 : after === 0), from: reads };
}
