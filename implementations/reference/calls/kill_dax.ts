// SPDX-License-Identifier: MIT
import { clear_bit, load, type Steps, store } from '../access';
import { type Arguments, type Kernel, NULL, type Result } from '../kernel';

/** kill_dax(): notifies the holder, clears alive, waits for readers and clears the holder (fa422b353d21, v6.8). */
export function* kill_dax(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;

	if (dax_dev === NULL) return 'ok';

	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', { length: 'U64_MAX', flags: 'MF_MEM_PRE_REMOVE' });

	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();

	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}
