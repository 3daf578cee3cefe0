// SPDX-License-Identifier: MIT
/** native: a tree's unmodified drivers/dax/super.c in user space, with a scheduling point at every access. */
import { resolve } from 'node:path';
import { vectorFields } from '../calls';
import { type Implementation, NoAnswer, type Program } from '../implementation';
import { MERGED } from '../revision-names';
import { Unavailable } from '../unavailable';
import { calls } from './abi';
import { takeApart } from './isolated-threads';
import { openMachine } from './machine';
import { placeOf } from './place';
import { readTree, type Tree } from './probe';
import { TreeProcess } from './process';
import { portFolder } from './sources';
import { findToolchain } from './toolchain';
import { compileTree } from './tree';

/** Target of a user's tree, for which the package has no known-failures list. */
const TARGET = 'native';

const PORT = 'C port of the merged contract, in user space';

const unknownText = (words: readonly string[]): string =>
	words.length === 0
		? ''
		: `; unknown words, which end an execution that reaches them: ${words.join(', ')}`;

export interface NativeOptions {
	/** Lets the tree's code make any system call. */
	readonly unconfined?: boolean;
}

/** False for a tree from before v6.0, whose function of three arguments sets no offset. */
const givesStart = ({ defines }: Tree): boolean =>
	!defines.includes('-DDV_FS_DAX_GET_BY_BDEV_ARGUMENTS=3');

const wantsStart = ({ setup, threads, holders }: Program): boolean =>
	[{ calls: setup }, ...threads, ...Object.values(holders)].some((each) =>
		each?.calls.some(({ start_off }) => start_off),
	);

/** Opens the tree at a path or of a revision (LINUX@REV), or the port of the merged contract. */
export function openNative(
	path?: string,
	{ unconfined = false }: NativeOptions = {},
): Implementation {
	const shown = path === undefined ? 'native' : `native:${path}`;
	const common = {
		address: shown,
		target: path === undefined ? MERGED : TARGET,
		fields: vectorFields,
		explores: true,
		remote: true,
	};
	try {
		const place = path === undefined ? undefined : placeOf(path);
		// A mistake in the address is reported before a missing compiler.
		const files = readTree(resolve(place?.folder ?? portFolder));
		const toolchain = findToolchain();
		const tree = compileTree(files, toolchain);
		const process = new TreeProcess(openMachine(toolchain), tree, !unconfined);
		return {
			...common,
			description: (place?.description ?? PORT) + unknownText(tree.unknown),
			...(place && { revision: place.revision() }),
			missing: tree.missing,
			compiler: toolchain.version.split('\n', 1).join(),
			calls: process.calls(),
			execute: (program, schedules) => {
				if (!givesStart(files) && wantsStart(program))
					throw new NoAnswer('skip', "this tree's fs_dax_get_by_bdev() has no start_off");
				return process.execute(program, schedules);
			},
			repeat: (program, executions) => process.repeat(program, executions),
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
