// SPDX-License-Identifier: MIT
/** Types of the calls and of the kernel state that they use: the device, the SRCU domain, disk and driver. */
import type {
	CallName,
	DaxOperation,
	DriverType,
	FailureFlags,
	FailureLength,
	FailureOffset,
} from '../../schema/types/common';
import type { Field, Steps } from './access';
import type { Mutex } from './mutex';
import type { Reader, Srcu } from './srcu';

/** A holder, and its operations, by name; null is a NULL pointer. */
export type Pointer = string | null;

/** The fields of struct dax_device that the holder protocol uses. */
export interface DaxDevice {
	readonly holder_data: Field<Pointer>;
	readonly holder_ops: Field<Pointer>;
	/** The DAXDEV_ALIVE bit of flags. */
	readonly flags: Field<boolean>;
	/** References of the embedded inode. */
	readonly i_count: Field<number>;
	/** The driver's pointer and the dax_operations, from alloc_dax(). */
	readonly private: Field<Pointer>;
	readonly ops: Field<Pointer>;
	/** The minor of its device number. */
	minor: number;
	/** The minor that calls about it look up: the one of the first device in its memory. */
	readonly number: number;
	/** True while its memory is free. The next allocation gets the same memory with the same contents. */
	freed: boolean;
}

/** NULL as a dax_device: reading any field of it is an oops. */
export class NullDevice implements DaxDevice {
	get holder_data(): never {
		return dereference();
	}
	get holder_ops(): never {
		return dereference();
	}
	get flags(): never {
		return dereference();
	}
	get i_count(): never {
		return dereference();
	}
	get private(): never {
		return dereference();
	}
	get ops(): never {
		return dereference();
	}
	readonly minor = 0;
	readonly number = 0;
	readonly freed = false;
}

function dereference(): never {
	throw new Oops('null-dereference');
}

export const NULL: DaxDevice = new NullDevice();

/** The minors of devices: dax_minor_ida, a bit each. */
export interface Minors {
	readonly used: Field<number>;
	/** True if the program allocates one; otherwise freeing one records no event. */
	readonly taken: boolean;
}

/** struct dev_dax, the device that a driver is bound to. */
export interface DevDax {
	readonly device_lock: Mutex;
	/** The type of the bound driver; null without one. */
	readonly driver: Field<DriverType | null>;
	/** True if its probe set dax_operations, which its unbind clears. */
	clearsOps: boolean;
}

/** The disk that is the argument of fs_dax_get_by_bdev(). */
export interface Disk {
	/** The entry in dax_hosts. */
	readonly host: Field<Pointer>;
	/** True if the program changes that entry; otherwise reading it records no event. */
	readonly hostChanges: boolean;
	/** BLK_FEAT_DAX of its queue. */
	dax: boolean;
	/** First byte of the partition. */
	start: number;
	/** Bytes of the partition. */
	size: number;
}

export interface Arguments {
	readonly holder: Pointer;
	readonly ops: Pointer;
	/** Bytes. */
	readonly offset: FailureOffset;
	readonly length: FailureLength;
	readonly flags: FailureFlags;
	readonly driver: DriverType | null;
}

/** ok, an error by its kernel name, a holder's name, or null for a NULL pointer. */
export type Result = string | null;

export type Call = (k: Kernel, args: Arguments) => Steps<Result>;

/** The calls of a revision of drivers/dax/super.c by name. A call that the revision does not have is absent. */
export type Calls = Readonly<Partial<Record<CallName, Call>>>;

/** The second device of a program, with a driver and a disk of its own. */
export interface Log {
	readonly dax_dev: DaxDevice;
	readonly dev_dax: DevDax;
	readonly disk: Disk;
}

export interface Kernel {
	/** The dax_device argument of the call; may be NULL. A lookup that finds a device sets it. */
	dax_dev: DaxDevice;
	/** Memory of devices, allocated or free, in the order of allocation. */
	readonly devices: readonly [DaxDevice, ...DaxDevice[]];
	readonly dax_srcu: Srcu;
	/** Of the dax_device argument. */
	readonly dev_dax: DevDax;
	/** Of the dax_device argument. */
	readonly disk: Disk;
	readonly minors: Minors;
	/** The read sections that this thread entered with dax_read_lock(), outermost first. */
	readonly sections: Reader[];
	/** Stores *start_off of fs_dax_get_by_bdev(), in bytes: local memory of the caller. */
	storeStartOff(bytes: number): void;
	/** Calls another function of the same revision. */
	call(name: CallName, args?: Partial<Arguments>): Steps<Result>;
	/** Calls ops->notify_failure; a NULL pointer on the way there ends the thread. */
	notify_failure(ops: Pointer, args: Arguments): Steps<Result>;
	/**
	 * Calls a member of the dax_operations of a driver, and gives its name, or none for an offset past the end of its
	 * memory; NULL on the way there is an oops.
	 */
	operation(ops: Pointer, member: DaxOperation, offset: FailureOffset): Result;
	/** True if the dax_operations have the member; NULL is an oops. */
	hasOperation(ops: Pointer, member: DaxOperation): boolean;
	/** Records a warning of a kernel function if the condition holds. */
	WARN_ON(condition: boolean, where: 'fs_put_dax' | 'dax_destroy_inode' | 'alloc_dax'): void;
	/** Drops a reference; the last one frees the device with its inode. */
	iput(): Steps<void>;
}

/** Thrown where a kernel would oops. Does not extend Error: a stack trace costs time and no caller uses it. */
export class Oops {
	constructor(readonly fault: 'null-dereference' | 'null-call' | 'use-after-free' | 'livelock') {}
}
