// SPDX-License-Identifier: MIT
/** Initial devices, drivers, disks and minors of a program. */
import type { Program } from '../../schema/types/program';
import type { DaxDevice, DevDax, Disk, Log, Minors } from './kernel';
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
		number: 0,
		freed: false,
	};
}

/** The second device; null in a program without one. */
export function log(program: Program): Log | null {
	const { log: start } = program;
	if (start === undefined) return null;
	const { alive, holder, ops, refs } = start ?? { alive: false, holder: null, ops: null, refs: 0 };
	return {
		dax_dev: {
			holder_data: { name: 'log.holder_data', value: holder },
			holder_ops: { name: 'log.holder_ops', value: ops },
			flags: { name: 'log.flags', value: alive },
			i_count: { name: 'log.i_count', value: refs },
			private: { name: 'log.private', value: start && 'set' },
			ops: { name: 'log.ops', value: null },
			minor: 1,
			number: 1,
			freed: start === null,
		},
		dev_dax: {
			device_lock: new Mutex('log.device_lock'),
			driver: { name: 'log.driver', outside: true, value: 'DAXDRV_FSDEV_TYPE' },
			clearsOps: false,
		},
		disk: {
			...disk(program),
			host: { name: 'log.dax_hosts', outside: true, value: start && 'set' },
		},
	};
}

/** A device that is bound to a driver which fs_dax_get() accepts. */
export const devDax = (): DevDax => ({
	device_lock: new Mutex('device_lock'),
	driver: { name: 'driver', outside: true, value: 'DAXDRV_FSDEV_TYPE' },
	clearsOps: false,
});

/** A disk of 1 MiB without partitions, with an entry in dax_hosts. */
export const disk = (program: Program): Disk => ({
	host: { name: 'dax_hosts', outside: true, value: 'set' },
	hostChanges: changesOf(program).host,
	dax: true,
	start: 0,
	size: 1 << 20,
});

/** The minors in use: the device has the first one, the second device the next. */
export const minors = (program: Program): Minors => ({
	used: { name: 'dax_minor_ida', outside: true, value: program.log ? 3 : 1 },
	taken: changesOf(program).alloc,
});

interface Changes {
	readonly host: boolean;
	readonly alloc: boolean;
}

const known = new WeakMap<Program, Changes>();

/** State that the calls of a program can change; cached, because each execution has a machine of its own. */
function changesOf(program: Program): Changes {
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
