// SPDX-License-Identifier: MIT
import { load, type Steps, silent, store } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/**
 * device_release_driver(): unbinds the driver, which calls kill_dax() first, as device-dax and fsdev do. Operations
 * that its probe set are cleared after that.
 */
export function* device_release_driver(k: Kernel, _: Arguments): Steps<Result> {
	const { dev_dax } = k;

	yield dev_dax.device_lock.lock();
	if ((yield load(dev_dax.driver)) !== null) {
		yield* k.call('kill_dax');
		if (yield silent(() => dev_dax.clearsOps)) yield* k.call('dax_set_ops', { ops: null });
		yield silent(() => {
			dev_dax.clearsOps = false;
		});
		yield store(dev_dax.driver, null);
	}
	yield dev_dax.device_lock.unlock();
	return 'ok';
}
