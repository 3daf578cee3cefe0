// SPDX-License-Identifier: MIT
/** kill_dax() before fa422b353d21. */
import { clear_bit, load, type Steps, store } from '../access';
import { type Arguments, type Kernel, NULL, type Result } from '../kernel';

/** v6.0: notifies the holder with flags 0, as on a memory failure. */
export function* withoutFlag(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_dev, dax_srcu } = k;

	if (dax_dev === NULL) return 'ok';

	if ((yield load(dax_dev.holder_data)) !== null)
		yield* k.call('dax_holder_notify_failure', { length: 'U64_MAX', flags: 0 });

	yield clear_bit(dax_dev.flags);
	yield* dax_srcu.synchronize();

	yield store(dax_dev.holder_ops, null);
	yield store(dax_dev.holder_data, null);
	return 'ok';
}
