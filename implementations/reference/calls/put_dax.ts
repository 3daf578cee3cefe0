// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** put_dax(): drops a reference. */
export function* put_dax(k: Kernel, _: Arguments): Steps<Result> {
	yield* k.iput();
	return 'ok';
}
