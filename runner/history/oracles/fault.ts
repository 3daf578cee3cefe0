// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** No oops, no deadlock, no endless loop, no double fetch. */
export const fault: Oracle = {
	name: 'fault',
	invariant: 'Callers that follow the rules never crash or hang the kernel',
	class: 'use-after-release',
	effect: 'the kernel crashes or hangs',
	links: [sources.holders],
	vectors: ['DAXV-0031'],
	*check({ recording }) {
		for (const { fault, where, at } of recording.faults)
			yield { at, kind: fault, message: `${fault}: ${where}` };
	},
};
