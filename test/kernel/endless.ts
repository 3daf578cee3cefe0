// SPDX-License-Identifier: MIT
/** Boots a guest, prints its process id and waits until faults.test.ts ends this process. */

import { caseOf } from '../cases';
import { breakable } from './machines';

async function main(): Promise<void> {
	const { implementation, guest } = breakable();
	const { program } = await caseOf('DAXV-0003/fs_dax_get_by_bdev');
	await implementation.execute(program, [[]]);
	console.log(guest().pid);
	for (;;) await implementation.execute(program, [[]]);
}

void main();
