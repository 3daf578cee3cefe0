// SPDX-License-Identifier: MIT
/** State that the threads of an execution share: the device, its driver, disk and minors, and the SRCU domain. */
import type { DriverType } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import { daxDevice, devDax, disk, minors } from './device';
import type { DaxDevice, DevDax, Disk, Kernel, Minors, Pointer } from './kernel';
import { Srcu, type SrcuState } from './srcu';

/** Every value that threads can change. The rest of the disk changes in the setup only. */
export interface Copy {
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

	constructor(program: Program) {
		this.dax_dev = daxDevice(program);
		this.disk = disk(program);
		this.minors = minors(program);
	}

	copy(): Copy {
		const { dax_dev, dev_dax } = this;
		return {
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
			host: this.disk.host.value,
			used: this.minors.used.value,
			srcu: this.dax_srcu.state,
		};
	}

	restore(copy: Copy): void {
		const { dax_dev, dev_dax } = this;
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
		this.disk.host.value = copy.host;
		this.minors.used.value = copy.used;
		this.dax_srcu.state = copy.srcu;
	}
}
