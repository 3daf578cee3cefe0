// SPDX-License-Identifier: MIT
import { load, type Steps } from '../access';
import type { Arguments, Kernel, Pointer, Result } from '../kernel';

/** dax_recovery_write(): calls the driver, and gives its name; none where it cannot. Never looks at alive. */
export function* dax_recovery_write(k: Kernel, { offset }: Arguments): Steps<Result> {
	const { dax_dev } = k;
	if ((yield load(dax_dev.ops)) === null) return 'none';
	const tested: Pointer = yield load(dax_dev.ops);
	if (!k.hasOperation(tested, 'recovery_write')) return 'none';
	const ops: Pointer = yield load(dax_dev.ops);
	return k.operation(ops, 'recovery_write', offset);
}
