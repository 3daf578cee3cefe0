// SPDX-License-Identifier: MIT
import { cmpxchg, type Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_add_host(): registers the device for a disk that has none. Takes no reference. */
export function* dax_add_host(k: Kernel, _: Arguments): Steps<Result> {
	return (yield cmpxchg(k.disk.host, null, 'set')) === null ? 'ok' : '-EBUSY';
}
