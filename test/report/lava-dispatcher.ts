// SPDX-License-Identifier: MIT
/** LAVA's own reader of signals, out of Debian's package, which is too large to install. */
import { join } from 'node:path';
import { unpack } from '../../implementations/system/apt';
import { fetched } from '../fetched';

/** The folder for PYTHONPATH. lava-common and python3-pexpect, which it imports, are installed. */
export function lavaDispatcher(): string {
	const folder = fetched('lava-dispatcher', (draft) => unpack(draft, ['lava-dispatcher']));
	return join(folder, 'usr/lib/python3/dist-packages');
}
