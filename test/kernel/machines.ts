// SPDX-License-Identifier: MIT
/** Guests for tests, which tests may break. */
import { moduleCalls } from '../../implementations/calls';
import type { Implementation } from '../../implementations/implementation';
import { openKernel } from '../../implementations/kernel';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot, type Guest } from '../../implementations/kernel/guest';
import { Machine } from '../../implementations/kernel/machine';
import { buildModule, moduleVersion } from '../../implementations/kernel/module';
import { readSuperTree } from '../../implementations/kernel/super';
import type { Case } from '../../runner/library/compile';
import { willRun } from '../needs';

export interface Breakable {
	readonly implementation: Implementation;
	/** The running guest. */
	guest(): Guest;
	/** Number of guests started so far. */
	started(): number;
}

/**
 * True if a live kernel decides the case: it has the calls. Vectors about data races do not apply, because plain and
 * marked accesses look the same in compiled code (implementations/kernel/README.md, "What cannot be seen").
 */
export const applies = ({ needs, vector }: Case, { calls }: Implementation): boolean =>
	needs.calls.every((call) => calls.includes(call)) && !vector.races;

/** Boots a guest with the module loaded and no connection to it. */
export function bootAlone(): Promise<Guest> {
	const kernel = debianKernel('6.12');
	return boot(kernel, { modules: [buildModule(kernel)] });
}

/** Calls that the guest's kernel lacks. */
const since71: readonly string[] = [
	...['fs_dax_get', 'dax_dev_get', 'dax_set_ops', 'device_driver_attach', 'device_release_driver'],
];

/** Stands in for a guest where no test of it runs: a file opens its guest before its tests. */
const none: Breakable = {
	implementation: openKernel('none'),
	guest() {
		throw new Error('no guest: its tests are not run');
	},
	started: () => 0,
};

/** Opens Debian's kernel like openKernel(), optionally with a tree's own super.c and further command-line words. */
export function breakable(tree?: string, append: readonly string[] = []): Breakable {
	if (!willRun('live kernel')) return none;
	const kernel = debianKernel('6.12');
	const superTree = tree === undefined ? undefined : readSuperTree(tree);
	const modules = [buildModule(kernel, superTree)];
	let guest: Guest | undefined;
	let started = 0;
	const machine = new Machine(async () => {
		started++;
		guest = await boot(kernel, { modules, append });
		return guest;
	}, moduleVersion(superTree));
	return {
		implementation: {
			...openKernel(tree === undefined ? '6.12' : `super=${tree}`),
			calls: superTree?.calls ?? moduleCalls.filter((name) => !since71.includes(name)),
			execute: (program, schedules) => machine.execute(program, schedules),
			close: () => machine.stop(),
		},
		guest: () => guest!,
		started: () => started,
	};
}
