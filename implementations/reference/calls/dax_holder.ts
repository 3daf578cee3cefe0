// SPDX-License-Identifier: MIT
import { load, type Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_holder(): the holder of the device, alive or not. */
export function* dax_holder(k: Kernel, _: Arguments): Steps<Result> {
	return yield load(k.dax_dev.holder_data);
}
