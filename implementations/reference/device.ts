// SPDX-License-Identifier: MIT
/** The device of a program, and what is around it. */
import type { Program } from '../../schema/types/program';
import type { DaxDevice, DevDax, Disk, Minors } from './kernel';
import { Mutex } from './mutex';

export function daxDevice({ device: { alive, holder, ops, refs } }: Program): DaxDevice {
	return {
		holder_data: { name: 'holder_data', value: holder },
		holder_ops: { name: 'holder_ops', value: ops },
		flags: { name: 'flags', value: alive },
		i_count: { name: 'i_count', value: refs },
		private: { name: 'private', value: 'set' },
		ops: { name: 'ops', value: null },
		minor: 0,
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
	hostChanges: has(program).host,
	start: 0,
	size: 1 << 20,
});

/** The device has the first. */
export const minors = (program: Program): Minors => ({
	used: { name: 'dax_minor_ida', outside: true, value: 1 },
	taken: has(program).alloc,
});

interface Changes {
	readonly host: boolean;
	readonly alloc: boolean;
}

const known = new WeakMap<Program, Changes>();

/** What the calls of a program can change. A machine lives for one execution: it is worth remembering. */
function has(program: Program): Changes {
	let changes = known.get(program);
	if (!changes) {
		const callers = [...program.threads, ...Object.values(program.holders)];
		const calls = callers.flatMap((caller) => caller?.calls.map(({ call }) => call) ?? []);
		const host = calls.some((call) => call === 'dax_add_host' || call === 'dax_remove_host');
		changes = { host, alloc: calls.includes('alloc_dax') };
		known.set(program, changes);
	}
	return changes;
}
