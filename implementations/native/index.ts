// SPDX-License-Identifier: MIT
/** Native: a tree's own drivers/dax/super.c, unmodified, in user space, every access a scheduling point. */
import { resolve } from 'node:path';
import { vectorFields } from '../calls';
import type { Implementation } from '../implementation';
import { Unavailable } from '../unavailable';
import { calls } from './abi';
import { openAddon } from './addon';
import { takeApart } from './isolated-threads';
import { TreeProcess } from './process';
import { revisionOf } from './revision';
import { portFolder } from './sources';
import { findToolchain } from './toolchain';
import { compileTree } from './tree';

/** A tree of the user's has no list of known failures of ours. */
const TARGET = 'native';

/** Opens the port of the merged contract, or the tree at a path. */
export function openNative(path?: string): Implementation {
	const shown = path === undefined ? 'native' : `native:${path}`;
	const common = {
		address: shown,
		target: path === undefined ? 'merged' : TARGET,
		fields: vectorFields,
		explores: true,
	};
	try {
		const toolchain = findToolchain();
		const tree = compileTree(path ?? portFolder, toolchain);
		const process = new TreeProcess(openAddon(toolchain), tree);
		return {
			...common,
			description:
				path === undefined
					? 'C port of the merged contract, in user space'
					: `${resolve(path)}/drivers/dax/super.c in user space`,
			...(path !== undefined && { revision: revisionOf(path) }),
			compiler: toolchain.version.split('\n')[0]!,
			calls: process.calls(),
			execute: (program, schedules) => process.execute(program, schedules),
			isolate: takeApart(process),
			close: async () => process.stop(),
		};
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		const { obstacle } = error;
		return {
			...common,
			description: path === undefined ? 'C port in user space' : resolve(path),
			calls,
			obstacle,
			execute: () => {
				throw error;
			},
		};
	}
}
