// SPDX-License-Identifier: MIT
/** State that the threads of an execution share: devices, their drivers and disks, minors, and the SRCU domain. */
import type { DriverType } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import { daxDevice, devDax, disk, log, minors } from './device';
import type { DaxDevice, DevDax, Disk, Kernel, Log, Minors, Pointer } from './kernel';
import { Srcu, type SrcuState } from './srcu';

/** Every value of one device that threads can change. The rest of the disk changes in the setup only. */
interface DeviceCopy {
	readonly holder_data: Pointer;
	readonly holder_ops: Pointer;
	readonly flags: boolean;
	readonly i_count: number;
	readonly private: Pointer;
	readonly ops: Pointer;
	readonly minor: number;
	readonly freed: boolean;
	readonly driver: DriverType | null;
	readonly clearsOps: boolean;
	readonly held: boolean;
	readonly host: Pointer;
}

/** Every value that threads can change. */
export interface Copy {
	readonly device: DeviceCopy;
	readonly log: DeviceCopy | null;
	readonly used: number;
	readonly srcu: SrcuState;
}

export class SharedState
	implements Pick<Kernel, 'dax_dev' | 'dax_srcu' | 'dev_dax' | 'disk' | 'minors'>
{
	readonly dax_dev: DaxDevice;
	readonly dax_srcu = new Srcu('dax_srcu');
	readonly dev_dax: DevDax = devDax();
	readonly disk: Disk;
	readonly minors: Minors;
	readonly log: Log | null;

	constructor(program: Program) {
		this.dax_dev = daxDevice(program);
		this.disk = disk(program);
		this.minors = minors(program);
		this.log = log(program);
	}

	/** True if the device with a field of this name is freed. */
	isFreed(field: string): boolean {
		const { dax_dev, log } = this;
		return (log && field.startsWith('log.') ? log.dax_dev : dax_dev).freed;
	}

	copy(): Copy {
		const { minors, dax_srcu, log } = this;
		return {
			device: copyOf(this),
			log: log && copyOf(log),
			used: minors.used.value,
			srcu: dax_srcu.state,
		};
	}

	restore(copy: Copy): void {
		restoreDevice(this, copy.device);
		this.minors.used.value = copy.used;
		this.dax_srcu.state = copy.srcu;
		if (this.log && copy.log) restoreDevice(this.log, copy.log);
	}
}

const copyOf = ({ dax_dev, dev_dax, disk }: Log): DeviceCopy => ({
	holder_data: dax_dev.holder_data.value,
	holder_ops: dax_dev.holder_ops.value,
	flags: dax_dev.flags.value,
	i_count: dax_dev.i_count.value,
	private: dax_dev.private.value,
	ops: dax_dev.ops.value,
	minor: dax_dev.minor,
	freed: dax_dev.freed,
	driver: dev_dax.driver.value,
	clearsOps: dev_dax.clearsOps,
	held: dev_dax.device_lock.held,
	host: disk.host.value,
});

function restoreDevice({ dax_dev, dev_dax, disk }: Log, copy: DeviceCopy): void {
	dax_dev.holder_data.value = copy.holder_data;
	dax_dev.holder_ops.value = copy.holder_ops;
	dax_dev.flags.value = copy.flags;
	dax_dev.i_count.value = copy.i_count;
	dax_dev.private.value = copy.private;
	dax_dev.ops.value = copy.ops;
	dax_dev.minor = copy.minor;
	dax_dev.freed = copy.freed;
	dev_dax.driver.value = copy.driver;
	dev_dax.clearsOps = copy.clearsOps;
	dev_dax.device_lock.held = copy.held;
	disk.host.value = copy.host;
}
