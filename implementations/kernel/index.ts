// SPDX-License-Identifier: MIT
/** Kernel: a live, unmodified kernel, held at every access, over SSH. */
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

/** Opens what follows "kernel:": address.ts. */
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

/** Opens ssh://root@host; undefined when it is no such address. */
export function openSsh(url: string): Implementation | undefined {
	const destination = destinationOf(url);
	if (!destination) return undefined;
	return opened(url, () => {
		requireTools(['ssh']);
		return {
			description: `the kernel that runs on ${destination.host}`,
			// fs_dax_get() also wants a bound dev_dax, which the module does not make.
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
		// One guest for all vectors, and it only waits here.
		isolated: true,
	};
	try {
		const { machine, ...about } = open();
		const implementation: Implementation = {
			...common,
			...about,
			execute: (program, schedules) => machine.execute(program, schedules),
			close: () => machine.stop(),
			// Booting is no vector's time.
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

/** fs_dax_get() also wants a bound dev_dax, which only a tree of our own has. */
function callsOf(kernel: KernelBuild): CallName[] {
	const exported = exportsOf(kernel);
	return calls.filter((name) => exported.has(name) && name !== 'fs_dax_get');
}
