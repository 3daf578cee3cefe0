// SPDX-License-Identifier: MIT
/** Kernel: a live, unmodified kernel, held at every access, over SSH. */
import { existsSync } from 'node:fs';
import type { CallName } from '../../schema/types/common';
import type { Implementation } from '../implementation';
import { calls, vectorFields } from '../native/words';
import { notRun, ObstacleError } from '../obstacle';
import { buildFolder } from './build-folder';
import { debianKernel, debianVersions } from './debian';
import { boot } from './guest';
import type { KernelBuild } from './kernel-build';
import { Machine } from './machine';
import { buildModule, exportsOf } from './module';
import { destinationOf, reach } from './remote';
import { readSuperTree } from './super';
import { requireTools } from './tools';

export const TARGET = 'kernel';

/** A tree's own super.c instead of the kernel's. */
const SUPER = 'super=';

type Opened = Pick<Implementation, 'description' | 'calls' | 'revision'> & {
	readonly machine: Machine;
};

/** Opens what follows "kernel:": nothing, a version of Debian's, a build, or super=LINUX. */
export function openKernel(rest?: string): Implementation {
	const address = rest === undefined ? 'kernel' : `kernel:${rest}`;
	return opened(address, () => {
		const tree = rest?.startsWith(SUPER) ? readSuperTree(rest.slice(SUPER.length)) : undefined;
		requireTools(['qemu-system-x86_64']);
		const kernel = findKernel(tree ? undefined : rest);
		const module = buildModule(kernel, tree);
		const running = `Linux ${kernel.release} under QEMU`;
		return {
			description: tree ? `${tree.folder}/drivers/dax/super.c as a module of ${running}` : running,
			revision: running,
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
		return {
			...common,
			...about,
			execute: (program, schedules) => machine.execute(program, schedules),
			close: () => machine.stop(),
		};
	} catch (error) {
		if (!(error instanceof ObstacleError)) throw error;
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

function findKernel(rest: string = debianVersions.at(-1)!): KernelBuild {
	const version = debianVersions.find((each) => each === rest);
	if (version) return debianKernel(version);
	if (existsSync(rest)) return buildFolder(rest);
	throw notRun(`no folder ${rest}: use ${debianVersions.join(', ')}, or the path of a build`);
}

/** fs_dax_get() also wants a bound dev_dax, which only a tree of our own has. */
function callsOf(kernel: KernelBuild): CallName[] {
	const exported = exportsOf(kernel);
	return calls.filter((name) => exported.has(name) && name !== 'fs_dax_get');
}
