// SPDX-License-Identifier: MIT
/** fs_put_dax() before 7a6db2eb6d5d. */
import { cmpxchg, type Steps, store, WRITE_ONCE } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

/** v6.0 to v7.1 (8012b8660855): the operations are cleared last, when the next holder may have stored its own. */
export function* dataFirst(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (dax_dev !== NULL && holder !== null) {
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		if (prev === holder) yield store(dax_dev.holder_ops, null);
	}
	return yield* k.call('put_dax');
}

/** Series V1 and V2: operations first, by a plain store; the result of cmpxchg() is ignored. */
export function* opsFirst(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (dax_dev !== NULL && holder !== null) {
		yield store(dax_dev.holder_ops, null);
		yield cmpxchg(dax_dev.holder_data, holder, null);
	}
	return yield* k.call('put_dax');
}

/** Series V3: warns unless cmpxchg() found the holder, also when kill_dax() left NULL. */
export function* warnUnlessHolder(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}
