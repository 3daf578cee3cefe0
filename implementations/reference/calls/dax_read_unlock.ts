// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_read_unlock(): leaves the read section that the thread entered last; the loader rejects programs without one. */
export function* dax_read_unlock({ dax_srcu, sections }: Kernel, _: Arguments): Steps<Result> {
	const id = sections.pop();
	if (id) yield dax_srcu.read_unlock(id);
	return 'ok';
}
