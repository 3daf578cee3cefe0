// SPDX-License-Identifier: MIT
/** Kprobe events of the traced functions, in the language of kprobe_events. */

interface Traced {
	/** Arguments that the event of the call records. */
	readonly entry: string;
	/** Values that the event of the return records; undefined: the return is not traced. */
	readonly exit?: string;
	/** Expression of the device, whose fields can be read with BTF, at the call and at the return. */
	readonly device?: { readonly entry?: string; readonly exit?: string };
}

const OWN = { entry: 'dax_dev', exit: 'dax_dev' };

/** The traced functions of drivers/dax/super.c. */
const TRACED: Readonly<Record<string, Traced>> = {
	alloc_dax: { entry: 'ops=$arg2:x64', exit: 'device=$retval:x64' },
	dax_add_host: { entry: 'device=$arg1:x64 disk=$arg2:x64', exit: 'result=$retval:s32' },
	dax_remove_host: { entry: 'disk=$arg1:x64', exit: '' },
	fs_dax_get_by_bdev: {
		entry: 'bdev=$arg1:x64 holder=$arg3:x64 ops=$arg4:x64 callback=+0($arg4):symbol',
		exit: 'device=$retval:x64',
		device: { exit: '$retval' },
	},
	fs_dax_get: {
		entry: 'device=$arg1:x64 holder=$arg2:x64 ops=$arg3:x64 callback=+0($arg3):symbol',
		exit: 'result=$retval:s32',
		device: OWN,
	},
	fs_put_dax: { entry: 'device=$arg1:x64 holder=$arg2:x64', exit: '', device: OWN },
	put_dax: { entry: 'device=$arg1:x64', exit: '' },
	kill_dax: { entry: 'device=$arg1:x64', exit: '', device: OWN },
	run_dax: { entry: 'device=$arg1:x64', exit: '', device: OWN },
	dax_holder: { entry: 'device=$arg1:x64', exit: 'result=$retval:x64', device: OWN },
	dax_holder_notify_failure: {
		entry: 'device=$arg1:x64 offset=$arg2:u64 length=$arg3:u64 flags=$arg4:x32',
		exit: 'result=$retval:s32',
		device: OWN,
	},
	dax_destroy_inode: { entry: 'device=$arg1:x64' },
};

/** Functions without which no caller can be judged. */
export const REQUIRED = ['fs_put_dax', 'kill_dax', 'fs_dax_get_by_bdev'] as const;

/** Suffix of the events of returns. */
export const RETURN = '_return';
/** Event of a WARN. */
export const WARN = 'warn';
/** Prefix of the events of holders' callbacks, followed by their ordinal. */
export const CALLBACK = 'callback_';

export interface Probe {
	readonly event: string;
	/** The definition without its kind and group: "fs_put_dax device=$arg1:x64". */
	readonly definition: string;
	readonly isReturn: boolean;
	/** Further arguments: the fields of the device. Kernels before 6.12 and modules without BTF cannot read them. */
	readonly fields: string;
}

const fieldsOf = (device: string | undefined): string =>
	device === undefined
		? ''
		: `holder_data=${device}->holder_data:x64 holder_ops=${device}->holder_ops:x64 state=${device}->flags:x64`;

/** superPrefix: module and prefix of a tree's own super.c, such as "dax_vectors:ut_". */
export function probes(superPrefix?: { module: string; prefix: string }): Probe[] {
	const list = Object.entries(TRACED).flatMap(([name, { entry, exit, device }]) => {
		// A static function keeps its name.
		const prefix = name === 'dax_destroy_inode' ? '' : superPrefix?.prefix;
		const symbol = superPrefix ? `${superPrefix.module}:${prefix}${name}` : name;
		const call = `${symbol} ${entry} command=$comm`;
		const both: Probe[] = [
			{ event: name, definition: call, isReturn: false, fields: fieldsOf(device?.entry) },
		];
		if (exit !== undefined)
			both.push({
				event: `${name}${RETURN}`,
				definition: `${symbol} ${exit}`.trim(),
				isReturn: true,
				fields: fieldsOf(device?.exit),
			});
		return both;
	});
	const warn = '__warn file=+0($arg1):string line=$arg2:u32 where=$arg3:symbol';
	return [...list, { event: WARN, definition: warn, isReturn: false, fields: '' }];
}

/** Arguments that the events of a callback record. */
export const callbackArguments =
	'device=$arg1:x64 offset=$arg2:u64 length=$arg3:u64 flags=$arg4:x32';
