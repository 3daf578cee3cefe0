// SPDX-License-Identifier: MIT
/** Fetches LAVA's reader of signals from Debian's package, which is too large to install. */
import { join } from 'node:path';
import { unpack } from '../../implementations/system/apt';
import { fetched } from '../fetched';

/** Folder for PYTHONPATH. lava-common and python3-pexpect, which the reader imports, are installed. */
export function lavaDispatcher(): string {
	const folder = fetched('lava-dispatcher', (draft) => unpack(draft, ['lava-dispatcher']));
	return join(folder, 'usr/lib/python3/dist-packages');
}
