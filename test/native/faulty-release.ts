// SPDX-License-Identifier: MIT
/** A release whose code tests edit, beside a call that leaves the device alone. */
import { small } from '../cases';
import type { Edit } from './edits';

/** Replaces the statement of fs_put_dax() that drops a reference. */
export const put = (body: string): Edit => ({
	in: 'fs_put_dax',
	from: '	put_dax(dax_dev);\n',
	to: body,
});

export const release = small(`
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  other: [{call: dax_holder}]
outcomes:
  any: {device: {alive: true}}
`);
