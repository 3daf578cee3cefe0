// SPDX-License-Identifier: MIT
/** Worker of the command matrix. */
import { openMatrix } from '../registry';
import { decideClaimed } from '../run/worker';
import { type Kill, killsOfCase, type Wanted } from './matrix-case';

decideClaimed<Wanted, readonly Kill[]>((wanted) => {
	const targets = openMatrix();
	return async (test, send) => send(await killsOfCase(test, targets, wanted));
});
