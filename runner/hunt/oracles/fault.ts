// SPDX-License-Identifier: MIT
import { faultsOf } from '../../judge/faults';
import { type Oracle, sources } from './oracle';

/** The kernel's code does nothing that a kernel does not survive, and nobody waits for ever. */
export const fault: Oracle = {
	name: 'fault',
	states: 'Callers who keep to the rules make no kernel crash or hang',
	class: 'use-after-release',
	effect: 'the kernel crashes or hangs',
	links: [sources.holders],
	*find({ execution, last }) {
		for (const { fault, where } of faultsOf(execution)) {
			const reported = execution.faults.find((each) => each.fault === fault);
			yield { at: reported?.event ?? last, kind: fault, message: `${fault}: ${where}` };
		}
	},
};
