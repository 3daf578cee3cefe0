// SPDX-License-Identifier: MIT
/** Seeded bugs of the calls that are one access long. */
import { load, type Steps, set_bit, store, test_bit } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** run_dax() also forgets who holds the device. */
export function* clearsHolder(k: Kernel, _: Arguments): Steps<Result> {
	yield set_bit(k.dax_dev.flags);
	yield store(k.dax_dev.holder_data, null);
	return 'ok';
}

/** run_dax() does nothing. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* staysDead(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}

/** dax_holder() answers NULL for a dead device, as in designs before v6.0. */
export function* testsAlive(k: Kernel, _: Arguments): Steps<Result> {
	return (yield test_bit(k.dax_dev.flags)) ? yield load(k.dax_dev.holder_data) : null;
}

/** put_dax() keeps the reference. */
// biome-ignore lint/correctness/useYield: that is the bug
export function* forgottenIput(_k: Kernel, _: Arguments): Steps<Result> {
	return 'ok';
}
