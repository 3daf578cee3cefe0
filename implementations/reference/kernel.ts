// SPDX-License-Identifier: MIT
/** What the calls see: the device, the SRCU domain, each other, and what a kernel can do to them. */
import type { CallName, DriverType, FailureFlags, FailureLength } from '../../schema/types/common';
import type { Field, Steps } from './access';
import type { Mutex } from './mutex';
import type { Reader, Srcu } from './srcu';

/** A holder, and its operations, by name; null is a NULL pointer. */
export type Pointer = string | null;

/** struct dax_device, as far as the holder protocol goes. */
export interface DaxDevice {
	readonly holder_data: Field<Pointer>;
	readonly holder_ops: Field<Pointer>;
	/** The DAXDEV_ALIVE bit of flags. */
	readonly flags: Field<boolean>;
	/** References of the embedded inode. */
	readonly i_count: Field<number>;
	/** What alloc_dax() was given, and the dax_operations. */
	readonly private: Field<Pointer>;
	readonly ops: Field<Pointer>;
	/** The minor of its device number. */
	minor: number;
	/** Was its memory given back? What is allocated next is the same memory, with what stands in it. */
	freed: boolean;
}

/** The minors of devices: dax_minor_ida, a bit each. */
export interface Minors {
	readonly used: Field<number>;
	/** Does the program take one? Where it does not, giving one back is no event. */
	readonly taken: boolean;
}

/** struct dev_dax, the device that a driver is bound to. */
export interface DevDax {
	readonly device_lock: Mutex;
	/** By its type. */
	readonly driver: Field<DriverType | null>;
}

/** The disk that fs_dax_get_by_bdev() is asked for. */
export interface Disk {
	/** The entry in dax_hosts. */
	readonly host: Field<Pointer>;
	/** Does the program change that entry? Where it does not, looking at it is no event. */
	readonly hostChanges: boolean;
	/** Of the partition, in bytes. */
	start: number;
	size: number;
}

export interface Arguments {
	readonly holder: Pointer;
	readonly ops: Pointer;
	/** Bytes. */
	readonly offset: number;
	readonly length: FailureLength;
	readonly flags: FailureFlags;
	readonly driver: DriverType | null;
}

/** ok, an error by its kernel name, a holder's name, or null for a NULL pointer. */
export type Result = string | null;

export type Call = (k: Kernel, args: Arguments) => Steps<Result>;

/** A revision of drivers/dax/super.c: its calls by name. A call that it does not have is absent. */
export type Calls = Readonly<Partial<Record<CallName, Call>>>;

export interface Kernel {
	readonly dax_dev: DaxDevice;
	readonly dax_srcu: Srcu;
	readonly dev_dax: DevDax;
	readonly disk: Disk;
	readonly minors: Minors;
	/** The read sections that this thread entered with dax_read_lock(), outermost first. */
	readonly sections: Reader[];
	/** Calls another function of the same revision. */
	call(name: CallName, args?: Partial<Arguments>): Steps<Result>;
	/** Calls ops->notify_failure; a NULL pointer on the way there ends the thread. */
	notify_failure(ops: Pointer, args: Arguments): Steps<Result>;
	/** Warns when the condition holds, in the name of the kernel function that does. */
	WARN_ON(condition: boolean, where: 'fs_put_dax' | 'dax_destroy_inode'): void;
	/** Drops a reference; the last one destroys the inode and with it the device. */
	iput(): Steps<void>;
}

/** The thread did what a kernel does not survive. Thrown, but no Error: nobody needs its stack, which costs. */
export class Oops {
	constructor(readonly fault: 'null-dereference' | 'null-call' | 'use-after-free' | 'livelock') {}
}
