// SPDX-License-Identifier: MIT
/** Checks answers of the module for new warnings or taints in the kernel log, as module/log.c reports them. */
import { NoAnswer } from '../implementation';

const TROUBLE = 'trouble ';

/** Throws NoAnswer with verdict crash for new warnings or taints. when: such as "after this execution". */
export function checkKernelLog(answer: readonly string[], when: string): void {
	const troubles = answer.filter((line) => line.startsWith(TROUBLE));
	if (troubles.length === 0) return;
	const lines = troubles.map((line) => line.slice(TROUBLE.length));
	const reason = [`new warnings or taints in the kernel log ${when}:`, ...lines, 'console:'];
	throw new NoAnswer('crash', reason.join('\n'));
}
