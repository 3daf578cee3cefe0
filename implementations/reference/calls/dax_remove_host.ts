// SPDX-License-Identifier: MIT
import { type Steps, WRITE_ONCE } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_remove_host(): removes the entry of the disk; callers that found the device before keep it. */
export function* dax_remove_host(k: Kernel, _: Arguments): Steps<Result> {
	yield WRITE_ONCE(k.disk.host, null);
	return 'ok';
}
