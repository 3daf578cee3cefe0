// SPDX-License-Identifier: MIT
/** A live, unmodified kernel, whose threads are held after each access, driven over SSH. */
import type { CallName } from '../../schema/types/common';
import { holderCalls as calls, vectorFields } from '../calls';
import type { Implementation } from '../implementation';
import { Unavailable } from '../unavailable';
import { kernelAt } from './address';
import { boot } from './guest';
import type { KernelBuild } from './kernel-build';
import { Machine } from './machine';
import { exportsOf } from './module';
import { destinationOf, reach } from './remote';
import { requireTools } from './tools';

export const TARGET = 'kernel';

type Opened = Pick<Implementation, 'description' | 'calls' | 'revision'> & {
	readonly machine: Machine;
};

/** Opens the kernel that address.ts resolves. Never throws Unavailable: the implementation has an obstacle then. */
export function openKernel(rest?: string): Implementation {
	const address = rest === undefined ? 'kernel' : `kernel:${rest}`;
	return opened(address, () => {
		const { kernel, module, tree, description, revision } = kernelAt(rest);
		return {
			description,
			revision,
			calls: tree?.calls ?? callsOf(kernel),
			machine: new Machine(() => boot(kernel, { modules: [module] })),
		};
	});
}

/** Opens ssh://root@host. Gives undefined for any other address. */
export function openSsh(url: string): Implementation | undefined {
	const destination = destinationOf(url);
	if (!destination) return undefined;
	return opened(url, () => {
		requireTools(['ssh']);
		return {
			description: `the kernel that runs on ${destination.host}`,
			// fs_dax_get() requires a bound dev_dax, which the module does not make.
			calls: calls.filter((name) => name !== 'fs_dax_get'),
			machine: new Machine(() => reach(destination)),
		};
	});
}

function opened(address: string, open: () => Opened): Implementation {
	const common = {
		address,
		target: TARGET,
		marks: false,
		fields: vectorFields,
		explores: true,
	};
	try {
		const { machine, ...about } = open();
		const implementation: Implementation = {
			...common,
			...about,
			execute: (program, schedules) => machine.execute(program, schedules),
			close: () => machine.stop(),
			// Boots before the first vector, so that no vector's time limit includes it.
			ready: () =>
				machine.begin().then(
					() => implementation,
					(error) => refused(error),
				),
		};
		return implementation;
	} catch (error) {
		return refused(error);
	}

	function refused(error: unknown): Implementation {
		if (!(error instanceof Unavailable)) throw error;
		const { obstacle } = error;
		return {
			...common,
			description: 'a live kernel',
			calls,
			obstacle,
			execute: () => {
				throw error;
			},
		};
	}
}

/** The calls that a kernel exports. */
function callsOf(kernel: KernelBuild): CallName[] {
	const exported = exportsOf(kernel);
	return calls.filter((name) => exported.has(name));
}
