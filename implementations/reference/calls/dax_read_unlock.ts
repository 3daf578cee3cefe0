// SPDX-License-Identifier: MIT
import type { Steps } from '../access';
import type { Arguments, Kernel, Result } from '../kernel';

/** dax_read_unlock(): leaves the read section that the thread entered last. There is one: the loader sees to it. */
export function* dax_read_unlock({ dax_srcu, sections }: Kernel, _: Arguments): Steps<Result> {
	yield dax_srcu.read_unlock(sections.pop()!);
	return 'ok';
}
