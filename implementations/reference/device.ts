// SPDX-License-Identifier: MIT
/** The device of a program, and what is around it. */
import type { Program } from '../../schema/types/program';
import type { DaxDevice, DevDax, Disk } from './kernel';
import { Mutex } from './mutex';

export function daxDevice({ device: { alive, holder, ops, refs } }: Program): DaxDevice {
	return {
		holder_data: { name: 'holder_data', value: holder },
		holder_ops: { name: 'holder_ops', value: ops },
		flags: { name: 'flags', value: alive },
		i_count: { name: 'i_count', value: refs },
		private: { name: 'private', value: 'set' },
		ops: { name: 'ops', value: null },
		freed: false,
	};
}

/** Bound to a driver that fs_dax_get() takes. */
export const devDax = (): DevDax => ({
	device_lock: new Mutex('device_lock'),
	driver: { name: 'driver', outside: true, value: 'DAXDRV_FSDEV_TYPE' },
});

/** Without partitions: 1 MiB, known to dax_hosts. */
export const disk = (program: Program): Disk => ({
	host: { name: 'dax_hosts', outside: true, value: 'set' },
	hostChanges: changesHost(program),
	start: 0,
	size: 1 << 20,
});

const known = new WeakMap<Program, boolean>();

/** A machine lives for one execution: it is worth remembering. */
function changesHost(program: Program): boolean {
	let changes = known.get(program);
	if (changes === undefined) {
		const callers = [...program.threads, ...Object.values(program.holders)];
		changes = callers.some((caller) =>
			caller?.calls.some(({ call }) => call === 'dax_add_host' || call === 'dax_remove_host'),
		);
		known.set(program, changes);
	}
	return changes;
}
