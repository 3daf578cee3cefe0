// SPDX-License-Identifier: MIT
/** fs_put_dax() before it was merged in its present form. */
import { cmpxchg, type Steps, store, WRITE_ONCE } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';

/** v6.0 to v7.1 (8012b8660855): the operations are cleared last, when the next holder may have stored its own. */
export function* dataFirst(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (holder !== null) {
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		if (prev === holder) yield store(dax_dev.holder_ops, null);
	}
	return yield* k.call('put_dax');
}

/** Series V1 and V2: operations first, by a plain store; nobody looks at what cmpxchg() found. */
export function* opsFirst(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (holder !== null) {
		yield store(dax_dev.holder_ops, null);
		yield cmpxchg(dax_dev.holder_data, holder, null);
	}
	return yield* k.call('put_dax');
}

/** Series V3: warns whenever cmpxchg() did not find the holder, also when it found NULL because of kill_dax(). */
export function* warnUnlessHolder(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}
