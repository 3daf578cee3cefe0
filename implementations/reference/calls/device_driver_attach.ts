// SPDX-License-Identifier: MIT
import { load, type Steps, store } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** device_driver_attach(): binds a driver, whose probe calls run_dax(), as device-dax and fsdev do. */
export function* device_driver_attach(k: Kernel, { driver }: Arguments): Steps<Result> {
	const { dev_dax } = k;
	let rc: Result = '-EBUSY';

	yield dev_dax.device_lock.lock();
	if ((yield load(dev_dax.driver)) === null) {
		yield store(dev_dax.driver, driver);
		rc = yield* k.call('run_dax');
	}
	yield dev_dax.device_lock.unlock();
	return rc;
}
