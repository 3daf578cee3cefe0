// SPDX-License-Identifier: MIT
/** Signatures of the calls: the forms that shim/tree.c can make, and the one that a tree has. */
import type { CallName } from '../../schema/types/common';
import type { FunctionText } from './functions';

/** A call in one of the forms that are known: the types of its parameters, without struct, const, unsigned and stars. */
type Form = readonly string[];

const DEVICE: Form = ['dax_device'];

/** A read or write of bytes at a page. */
const IO: Form = ['dax_device', 'pgoff_t', 'void', 'size_t', 'iov_iter'];

/** Known forms; the first is that of the kernel's own trees since v6.0. */
const FORMS: Partial<Record<CallName, readonly Form[]>> = {
	fs_dax_get: [['dax_device', 'void', 'dax_holder_operations']],
	fs_dax_get_by_bdev: [
		['block_device', 'u64', 'void', 'dax_holder_operations'],
		['block_device', 'void', 'dax_holder_operations'],
	],
	fs_put_dax: [['dax_device', 'void']],
	put_dax: [DEVICE],
	kill_dax: [DEVICE],
	run_dax: [DEVICE],
	dax_holder: [DEVICE],
	dax_alive: [DEVICE],
	dax_get_private: [DEVICE],
	dax_holder_notify_failure: [['dax_device', 'u64', 'u64', 'int']],
	dax_read_lock: [[]],
	dax_read_unlock: [['int']],
	dax_set_ops: [['dax_device', 'dax_operations']],
	// Before v5.17: a name of the host, and flags.
	alloc_dax: [
		['void', 'dax_operations'],
		['void', 'char', 'dax_operations', 'long'],
	],
	dax_dev_get: [['dev_t']],
	dax_dev_find: [['dev_t']],
	dax_direct_access: [
		['dax_device', 'pgoff_t', 'long', 'dax_access_mode', 'void', 'long'],
		// Before v6.17: the last one is a pfn_t.
		['dax_device', 'pgoff_t', 'long', 'dax_access_mode', 'void', 'pfn_t'],
	],
	dax_zero_page_range: [['dax_device', 'pgoff_t', 'size_t']],
	dax_recovery_write: [IO],
	dax_copy_from_iter: [IO],
	dax_copy_to_iter: [IO],
	dax_add_host: [['dax_device', 'gendisk']],
	dax_remove_host: [['gendisk']],
};

export interface Signature {
	/** Number of parameters of a form that is not the first; undefined for the first. */
	readonly other?: number;
	/** The signature as the tree writes it, when no form fits. */
	readonly unknown?: string;
}

/** Compares the definition of a call with the known forms. */
export function signatureOf(call: CallName, { name, parameters }: FunctionText): Signature {
	const types = parameters
		.split(',')
		.map(typeOf)
		.filter((type) => type !== '');
	const key = types.join(' ');
	const [first, ...others] = (FORMS[call] ?? []).map((form) => form.join(' '));
	// A function without parameters is declared as f(void).
	if (key === first || (first === '' && key === 'void')) return {};
	if (others.includes(key)) return { other: types.length };
	return { unknown: `${name}(${parameters.replace(/\s+/g, ' ').trim()})` };
}

/** The type of a parameter, such as "dax_device" of "const struct dax_device *dax_dev". */
const typeOf = (parameter: string): string =>
	parameter.replace(/\b(?:const|struct|enum|unsigned|__\w+)\b/g, ' ').match(/\w+/)?.[0] ?? '';
