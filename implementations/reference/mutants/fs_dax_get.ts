// SPDX-License-Identifier: MIT
/** Seeded bugs of fs_dax_get(), each one line away from the merged call. */
import { cmpxchg, cmpxchg_relaxed, load, type Steps, store, test_bit } from '../access';
import { driverUnsuitable, unsuitable } from '../calls/fs_dax_get';
import { igrab } from '../inode';
import { type Arguments, type Kernel, NULL, type Result } from '../kernel';
import type { Reader } from '../srcu';

/** A test and a store instead of cmpxchg(). */
export function* relaxedTest(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield load(dax_dev.holder_data)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_data, holder);
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

export function* forgottenIput(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) return '-EBUSY';
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Stores the operations before the claim, so that a claim that fails overwrites those of the holder. */
export function* opsBeforeClaim(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	yield store(dax_dev.holder_ops, ops);
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	return 'ok';
}

/** Never tests alive: leaves out dax_get_private() too, which returns NULL for a dead device. */
export function* missingAliveTest(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	yield load(dax_dev.private);
	yield k.dev_dax.device_lock.lock();
	const rc = yield* driverUnsuitable(k.dev_dax);
	yield k.dev_dax.device_lock.unlock();
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Never leaves the read section if the device is dead: the next kill_dax() waits for ever. */
export function* forgottenUnlock(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev)))
		return '-ENODEV';
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

export function* forgottenOps(k: Kernel, { holder }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	return 'ok';
}

/** Reads the driver twice without the device lock, as in series up to V7: it may be unbound in between. */
export function* driverUnlocked(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const found = (yield* k.call('dax_get_private')) !== null;
	const rc = found ? yield* driverUnsuitable(k.dev_dax) : '-ENODEV';
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Claims a device that is bound to another driver. */
export function* anyDriver(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc === '-ENODEV') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Keeps the reference to a device that unsuitable() rejects. */
export function* driverLeak(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') return rc;
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Claims without order; the store after it is plain, so the release before the claim may overwrite it. */
export function* relaxedClaim(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;

	const id: Reader = yield dax_srcu.read_lock();
	if (dax_dev === NULL || !(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);

	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg_relaxed(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** Does not test for NULL. */
export function* needsDevice(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;
	const id: Reader = yield dax_srcu.read_lock();
	if (!(yield test_bit(dax_dev.flags)) || !(yield* igrab(dax_dev))) {
		yield dax_srcu.read_unlock(id);
		return '-ENODEV';
	}
	yield dax_srcu.read_unlock(id);
	const rc = yield* unsuitable(k);
	if (rc !== 'ok') {
		yield* k.iput();
		return rc;
	}
	if ((yield cmpxchg(dax_dev.holder_data, null, holder)) !== null) {
		yield* k.iput();
		return '-EBUSY';
	}
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}
