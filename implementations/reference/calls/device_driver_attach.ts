// SPDX-License-Identifier: MIT
import { load, type Steps, silent, store } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/**
 * device_driver_attach(): binds a driver. The probes of device-dax and fsdev call run_dax(), that of kmem does not. With
 * operations, the probe calls dax_set_ops() first and fails with it, as fsdev's does.
 */
export function* device_driver_attach(k: Kernel, { driver, ops }: Arguments): Steps<Result> {
	const { dev_dax } = k;
	let rc: Result = '-EBUSY';

	yield dev_dax.device_lock.lock();
	if ((yield load(dev_dax.driver)) === null) {
		yield store(dev_dax.driver, driver);
		rc = ops === null ? 'ok' : yield* k.call('dax_set_ops', { ops });
		if (rc !== 'ok') yield store(dev_dax.driver, null);
		else {
			yield silent(() => {
				dev_dax.clearsOps = ops !== null;
			});
			if (driver !== 'DAXDRV_KMEM_TYPE') yield* k.call('run_dax');
		}
	}
	yield dev_dax.device_lock.unlock();
	return rc;
}
