// SPDX-License-Identifier: MIT
/** New warnings or taints in the kernel log, as module/log.c reports them. */
export class KernelLogError extends Error {}

const TROUBLE = 'trouble ';

/** Throws KernelLogError if an answer of the module reports new warnings or taints. when: such as "after this execution". */
export function checkKernelLog(answer: readonly string[], when: string): void {
	const troubles = answer.filter((line) => line.startsWith(TROUBLE));
	if (troubles.length === 0) return;
	const lines = troubles.map((line) => line.slice(TROUBLE.length));
	throw new KernelLogError(
		[`new warnings or taints in the kernel log ${when}:`, ...lines].join('\n'),
	);
}
