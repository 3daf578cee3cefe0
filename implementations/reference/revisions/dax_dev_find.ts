// SPDX-License-Identifier: MIT
/** dax_dev_find() of series V1 to V4, later replaced by dax_dev_get(). */
import { type Steps, test_bit } from '../access';
import { type Found, lookUp } from '../inode';
import type { Arguments, Kernel, Result } from '../kernel';
import type { Reader } from '../srcu';

/** Series V1 and V2: returns the device of a number, dead or alive; never makes one. */
export function* findAny(k: Kernel, _: Arguments): Steps<Result> {
	const found: Found = yield* lookUp(k, k.dax_dev.number, false);
	return found === null ? null : 'ok';
}

/** Series V3 and V4: returns the device only if it is alive; it may be dead by the time the call returns. */
export function* findAlive(k: Kernel, _: Arguments): Steps<Result> {
	const { dax_srcu } = k;

	const found: Found = yield* lookUp(k, k.dax_dev.number, false);
	if (found === null) return null;
	const id: Reader = yield dax_srcu.read_lock();
	const alive: boolean = yield test_bit(k.dax_dev.flags);
	yield dax_srcu.read_unlock(id);
	if (alive) return 'ok';
	yield* k.iput();
	return null;
}
