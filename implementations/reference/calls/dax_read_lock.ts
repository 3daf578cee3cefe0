// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';
import type { Reader } from '../srcu';

/** dax_read_lock(): enters a read section; a kill_dax() that begins to wait later waits for its end (7b6be8444e0f). */
export function* dax_read_lock({ dax_srcu, sections }: Kernel, _: Arguments): Steps<Result> {
	const id: Reader = yield dax_srcu.read_lock();
	sections.push(id);
	return 'ok';
}
