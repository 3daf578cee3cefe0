// SPDX-License-Identifier: MIT
/** Seeded bugs of fs_put_dax(), each one line away from the merged call. */
import {
	cmpxchg,
	cmpxchg_acquire,
	cmpxchg_relaxed,
	load,
	type Steps,
	store,
	WRITE_ONCE,
} from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';

export function* swappedStores(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

export function* keepsOps(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

export function* keepsHolder(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield load(dax_dev.holder_data);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

export function* missingWarn(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		yield cmpxchg(dax_dev.holder_data, holder, null);
	}
	return yield* k.call('put_dax');
}

/** An unconditional store instead of cmpxchg(): a new holder loses the device. */
export function* clearsAnyHolder(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield load(dax_dev.holder_data);
		yield store(dax_dev.holder_data, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

/** A plain store instead of WRITE_ONCE(): it races with readers, which hold no lock. */
export function* plainClear(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield store(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

export function* forgottenIput(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return 'ok';
}

/** A NULL holder is released like any other. */
export function* nullHolder(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

/** Waits for readers, as once proposed: a callback that releases the device then waits for itself. */
export function* waitsForReaders(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
		yield* k.dax_srcu.synchronize();
	}
	return yield* k.call('put_dax');
}

/** No order: clearing holder_ops may take effect after clearing holder_data, and after the store of the next holder. */
export function* relaxedRelease(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg_relaxed(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

/** Acquire order instead of release order: clearing holder_ops may take effect after holder_data. */
export function* acquireRelease(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg_acquire(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

/** Relies on a cmpxchg() that fails on a held device as a barrier: a cmpxchg() that fails orders nothing. */
export function* failedBarrier(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (dax_dev !== NULL && holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		yield cmpxchg(dax_dev.holder_data, null, null);
		const prev: Pointer = yield cmpxchg_relaxed(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}

/** Does not test for NULL, as in version 12 of the series that introduced holders. */
export function* needsDevice(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if (holder !== null) {
		yield WRITE_ONCE(dax_dev.holder_ops, null);
		const prev: Pointer = yield cmpxchg(dax_dev.holder_data, holder, null);
		k.WARN_ON(prev !== null && prev !== holder, 'fs_put_dax');
	}
	return yield* k.call('put_dax');
}
