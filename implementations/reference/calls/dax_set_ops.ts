// SPDX-License-Identifier: MIT
import { cmpxchg, type Steps, store } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_set_ops(): sets the dax_operations if they are not set; NULL always clears them (700ecbc1f5aa, v7.1). */
export function* dax_set_ops(k: Kernel, { ops }: Arguments): Steps<Result> {
	const { dax_dev } = k;

	if (ops !== null) return (yield cmpxchg(dax_dev.ops, null, ops)) === null ? 'ok' : '-EBUSY';
	yield store(dax_dev.ops, null);
	return 'ok';
}
