// SPDX-License-Identifier: MIT
/** A live, unmodified kernel, whose threads are held after each access, driven over SSH. */
import { moduleCalls as calls, vectorFields } from '../calls';
import type { Implementation } from '../implementation';
import { Unavailable } from '../unavailable';
import { kernelAt } from './address';
import { boot } from './guest';
import { Machine } from './machine';
import { moduleVersion } from './module';
import { destinationOf, type RemoteHost, reach } from './remote';
import { requireTools } from './tools';

export const TARGET = 'kernel';

type Opened = Pick<Implementation, 'description' | 'calls' | 'revision'> & {
	readonly machine: Pick<Machine, 'begin' | 'execute' | 'stop'>;
};

/** Opens the kernel that address.ts resolves. Never throws Unavailable: the implementation has an obstacle then. */
export function openKernel(rest?: string): Implementation {
	const address = rest === undefined ? 'kernel' : `kernel:${rest}`;
	return opened(address, () => {
		const { kernel, module, tree, description, revision } = kernelAt(rest);
		return {
			description,
			revision,
			calls: tree?.calls ?? calls,
			machine: new Machine(() => boot(kernel, { modules: [module] }), moduleVersion(tree)),
		};
	});
}

/** Opens ssh://root@host. Gives undefined for any other address. */
export function openSsh(url: string): Implementation | undefined {
	const destination = destinationOf(url);
	if (!destination) return undefined;
	return opened(url, () => {
		requireTools(['ssh', 'tar']);
		return {
			description: `the kernel that runs on ${destination.host}`,
			calls,
			machine: new Machine<RemoteHost>((lost) => reach(destination, lost), moduleVersion()),
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
		remote: true,
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
					({ calls, missing }) => ({ ...implementation, calls, missing }),
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
