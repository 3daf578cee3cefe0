// SPDX-License-Identifier: MIT
/** A kernel that is not well any more: what it has said in its log, as the module found it (module/log.c). */
export class KernelLogError extends Error {}

const TROUBLE = 'trouble ';

/** Throws TroubleError where an answer of the module has troubles in it. */
export function checkKernelLog(answer: readonly string[], when: string): void {
	const troubles = answer.filter((line) => line.startsWith(TROUBLE));
	if (troubles.length === 0) return;
	const lines = troubles.map((line) => line.slice(TROUBLE.length));
	throw new KernelLogError([`the kernel is not well ${when}:`, ...lines].join('\n'));
}
