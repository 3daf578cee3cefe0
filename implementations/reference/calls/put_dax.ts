// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import { type Arguments, type Kernel, NULL, type Result } from '../kernel';

/** put_dax(): drops a reference. */
export function* put_dax(k: Kernel, _: Arguments): Steps<Result> {
	if (k.dax_dev !== NULL) yield* k.iput();
	return 'ok';
}
