// SPDX-License-Identifier: MIT
/** Seeded bugs of dax_holder_notify_failure(), each one line away from the merged call. */
import { load, READ_ONCE, type Steps, test_bit } from '../access';
import { type Arguments, type Kernel, NULL, type Pointer, type Result } from '../kernel';
import type { Reader } from '../srcu';

const PAGE_BYTES = 4096;
/** U64_MAX without the bits of the offset in a page. */
const LAST_PAGE = '0xfffffffffffff000';

const rounded = (offset: Arguments['offset']) =>
	typeof offset === 'number' ? offset - (offset % PAGE_BYTES) : LAST_PAGE;

export function* missingAliveTest(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
	const rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** Returns success without operations, so that the caller does not use its fallback. */
export function* noOpsIsSuccess(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		rc = ops === null ? 'ok' : yield* k.notify_failure(ops, args);
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** A plain read, which the compiler may repeat between the test and the call. */
export function* plainRead(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield load(dax_dev.holder_ops);
		rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** Calls back after dax_read_unlock(), where kill_dax() does not wait for the callback. */
export function* callbackOutsideSection(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		yield dax_srcu.read_unlock(id);
		return ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

export function* swallowsResult(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		rc = ops === null ? '-EOPNOTSUPP' : (yield* k.notify_failure(ops, args)) && 'ok';
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** Never leaves the read section: the next kill_dax() waits for ever. */
export function* forgottenUnlock(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	yield dax_srcu.read_lock();
	if (!(yield test_bit(dax_dev.flags))) return '-ENXIO';
	const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
	return ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
}

/** Rounds the offset down to a page. */
export function* roundsOffset(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		const offset = rounded(args.offset);
		rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, { ...args, offset });
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** Passes no flags. */
export function* forgetsFlags(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, { ...args, flags: 0 });
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}

/** Passes NULL for the device: a holder of two devices does not know which one failed. */
export function* forgetsDevice(k: Kernel, args: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	let rc: Result;
	const id: Reader = yield dax_srcu.read_lock();
	if (yield test_bit(dax_dev.flags)) {
		const ops: Pointer = yield READ_ONCE(dax_dev.holder_ops);
		k.dax_dev = NULL;
		rc = ops === null ? '-EOPNOTSUPP' : yield* k.notify_failure(ops, args);
		k.dax_dev = dax_dev;
	} else {
		rc = '-ENXIO';
	}
	yield dax_srcu.read_unlock(id);
	return rc;
}
