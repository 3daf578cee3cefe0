// SPDX-License-Identifier: MIT
import { cmpxchg, load, type Steps, store, test_bit } from '../access';
import { igrab } from '../inode';
import { type Arguments, type DevDax, type Kernel, NULL, Oops, type Result } from '../kernel';
import type { Reader } from '../srcu';

/**
 * fs_dax_get(): claims a dax_device that is bound to a driver for file systems (eec38f5d86d2, v7.1).
 * The claim is outside the read section and the device lock, so kill_dax() may run completely just before the claim.
 */
export function* fs_dax_get(k: Kernel, { holder, ops }: Arguments): Steps<Result> {
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
	yield store(dax_dev.holder_ops, ops);
	return 'ok';
}

/** The error for a device that no holder can claim; ok for any other. */
export function* unsuitable(k: Kernel): Steps<Result> {
	if ((yield* k.call('dax_get_private')) === null) return '-ENODEV';

	yield k.dev_dax.device_lock.lock();
	const rc = yield* driverUnsuitable(k.dev_dax);
	yield k.dev_dax.device_lock.unlock();
	return rc;
}

/** Reads the pointer twice, as the kernel does; under the device lock both reads find the same driver. */
export function* driverUnsuitable({ driver }: DevDax): Steps<Result> {
	if ((yield load(driver)) === null) return '-ENODEV';
	const type: DevDax['driver']['value'] = yield load(driver);
	if (type === null) throw new Oops('null-dereference');
	return type === 'DAXDRV_FSDEV_TYPE' ? 'ok' : '-EOPNOTSUPP';
}
