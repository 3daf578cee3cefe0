// SPDX-License-Identifier: MIT
/**
 * The memory that is shared with the process of a tree, in words of 32 bits: the counterpart of struct dv_shared in
 * machine/channel.h and of the records in machine/format.h. The order of names is that of the enums there.
 */
import type { CallName, DriverType, FaultName } from '../../schema/types/common';
import type { Op } from '../../schema/types/execution';
import { holderCalls, vectorFields } from '../calls';
import type { Fence, Order } from '../isolated-threads';

/** The name of an enum's value. Throws where the machine and this file disagree. */
export function nameOf<Name>(names: readonly Name[], value: number): Name {
	const name = names[value];
	if (name === undefined)
		throw new Error(`the machine uses an enum value without a name: ${value}`);
	return name;
}

/** Indexes of words. */
export const COMMAND = 2;
export const OFFSET = 3;
export const LENGTH = 4;
export const STATUS = 5;
export const DONE = 6;
export const BYTES = 7;
export const CALLS = 8;
export const REFUSED = 9;
export const START = 10;
export const NAMES = 23;
export const INPUT = 288;
export const OUTPUT = INPUT + 0x40000;

/** Bytes of the input. */
export const INPUT_SIZE = 0x100000;
/** Bytes of the name of an object. */
export const NAME_SIZE = 32;
/** Agents and holders of one program. */
export const MAX_AGENTS = 16;
export const MAX_HOLDERS = 32;

/** Limits of an execution. */
export const MAX_EVENTS = 4096;
export const MAX_RECORDS = 1024;
export const MAX_OBJECTS = 32;

export const commands = { boot: 0, load: 1, execute: 2, isolated: 3 } as const;

/** enum dv_call */
export const calls: readonly CallName[] = [
	...holderCalls,
	'dax_get_private',
	'dax_set_ops',
	'alloc_dax',
	'dax_dev_get',
	'dax_dev_find',
	'dax_add_host',
	'dax_remove_host',
	'bdev_add_partition',
	'device_driver_attach',
	'device_release_driver',
	'queue_limits_set',
	'dax_direct_access',
	'dax_zero_page_range',
	'dax_recovery_write',
	'dax_copy_from_iter',
	'dax_copy_to_iter',
];

/** enum dv_driver */
export const drivers: readonly DriverType[] = [
	'DAXDRV_FSDEV_TYPE',
	'DAXDRV_DEVICE_TYPE',
	'DAXDRV_KMEM_TYPE',
];

/** Members of a holder's operations by bit: enum dv_member. */
export const members = ['notify_failure', 'direct_access', 'zero_page_range', 'recovery_write'];

/** enum dv_op */
export const ops: readonly Op[] = [
	'read',
	'write',
	'rmw',
	'lock',
	'unlock',
	'srcu-lock',
	'srcu-unlock',
	'sync-begin',
	'sync-end',
	'call',
	'return',
	'free',
];
/** The last op that accesses memory. */
export const RMW = 2;
export const CALL = 9;
export const RETURN = 10;

/** enum dv_fault */
export const faults: readonly FaultName[] = [
	'null-dereference',
	'null-call',
	'use-after-free',
	'wild-access',
	'stack-overflow',
	'bug',
	'livelock',
	'deadlock',
	'system-call',
];

export const SYSTEM_CALL = 8;

/** enum dv_step: the step before the boot that failed, in the upper bits of a status. */
export const steps = [undefined, 'mapping', 'confining'] as const;
export const STEP_SHIFT = 12;

/** Value of REFUSED for a call in the way of another architecture; else 1 + its number. */
export const OTHER_ARCHITECTURE = -1;

export const HOLDER_DATA = 0;
export const HOLDER_OPS = 1;
export const FLAGS = 2;
export const I_COUNT = 3;
const deviceFields: readonly string[] = [...vectorFields, 'private', 'ops'];
/** Fields of one device; those of the log come next. */
export const OWN_FIELDS = deviceFields.length;
export const MINORS = 14;
export const fields: readonly string[] = [
	...deviceFields,
	...deviceFields.map((field) => `log.${field}`),
	'driver',
	'log.driver',
	'dax_minor_ida',
	'dax_hosts',
	'log.dax_hosts',
];

/** Numbers of devices. */
export const LOG = 1;
export const DEVICES = 2;
/** Bits of a holder in the record of a callback: DV_TOLD. The device comes above them. */
export const HOLDER_BITS = 8;

/** enum dv_order, then the mask of an order and the flag of a read-modify-write that did not store. */
export const orders: readonly Order[] = [
	'plain',
	'once',
	'acquire',
	'release',
	'full',
	'noreturn',
	'full',
];
export const ORDER = 0x3f;
export const FAILED = 0x80;

/** enum dv_fence */
export const barriers: readonly Fence[] = ['mb', 'rmb', 'wmb', 'before-atomic', 'after-atomic'];

/** enum dv_isolated_status */
export const WAITS = 1;
export const BEYOND = 2;

/** enum dv_record_type */
export const WARNING = 0;
export const CALLBACK = 1;
export const FAULT = 2;
export const FENCE = 4;
export const START_OFF = 5;

/** *start_off that the call left alone: DV_UNTOUCHED. */
export const UNTOUCHED = 0x5555555555555555n;

/** Words of a header, an event and a record. */
export const HEADER_WORDS = 13;
/** Words of a device in the header, after the first two words. */
export const DEVICE_WORDS = 4;
export const DIVERGED = 10;
export const EVENT_WORDS = 6;
export const RECORD_WORDS = 9;

/** Reasons why a schedule was not followed. */
export const reasons = ['ended', 'blocked', 'unknown-agent'] as const;
