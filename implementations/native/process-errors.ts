// SPDX-License-Identifier: MIT
/** Describes why the process of a tree did not boot, what ended it, and faults of a setup. */
import { constants } from 'node:os';
import { resultName } from '../system/errno';
import { notRun, type Unavailable } from '../unavailable';
import { faults, nameOf, STEP_SHIFT, SYSTEM_CALL, steps } from './abi';
import { type SystemCalls, systemCallText } from './names';
import type { CompiledTree } from './tree';

/** Results of boot() for a tree that reaches an unknown word: shim/unknown.c. */
const FIRST_UNKNOWN = -4096;
const OFFSET_BITS = 23;

/** The error for the status of a boot that failed. */
export function bootError(status: number, { lines }: CompiledTree): Unavailable {
	if (status > 0) return notRun(notReady(status));
	if (status > FIRST_UNKNOWN)
		return notRun(
			`the tree does not boot (${resultName(status)}): look at the initcalls of its super.c`,
		);
	// The word's number and the offset of its caller, shim/unknown.c.
	const code = FIRST_UNKNOWN - status;
	const reason = lines.reasonOf(code >>> OFFSET_BITS, code % (1 << OFFSET_BITS));
	return notRun(`while the tree boots, ${reason}`);
}

/** Describes a step before the boot that failed, such as confinement on a kernel without seccomp filters. */
function notReady(status: number): string {
	const error = resultName(-(status & ((1 << STEP_SHIFT) - 1)));
	return nameOf(steps, status >> STEP_SHIFT) === 'confining'
		? `the process of the tree cannot be confined (seccomp: ${error}): --unconfined runs a tree that you trust with your rights`
		: `the compiled tree cannot be loaded (${error}): IFUNCs, thread-local data and more than 64 kB of data are not supported`;
}

/** The error for a tree that was refused a system call while it booted. */
export function refusedAtBoot(refused: number, systemCalls: SystemCalls): Unavailable {
	const call = systemCallText(systemCalls, refused);
	return notRun(
		`the tree calls ${call} while it boots, which its process may not do: look at its super.c before you trust it`,
	);
}

/** Describes the end of the process; death is what Addon.request() returned. */
export function deathText(death: number): string {
	if (death < 0) return 'the process of the tree made no progress and was killed';
	const status = death - 256;
	// The machine ends with 128 + a signal.
	const signal = status > 128 ? status - 128 : death;
	const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
	if (death >= 256 && (status <= 128 || name === undefined))
		return `the process of the tree exited with ${status}`;
	return `the process of the tree died of ${name ?? `signal ${signal}`}`;
}

/** Describes a fault; refused is the system call that the process was refused. */
export function faultText(fault: number, refused: number, systemCalls: SystemCalls): string {
	const call = fault === SYSTEM_CALL ? `: ${systemCallText(systemCalls, refused)}` : '';
	return `${nameOf(faults, fault)}${call}`;
}
