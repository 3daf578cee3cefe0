// SPDX-License-Identifier: MIT
/** SSH access to a guest: a port on the loopback address, and keys made for this guest and this runner. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { command, findTool } from '../system/command';
import type { Keys } from './initramfs';
import type { Destination } from './ssh';

export interface SshAccess {
	readonly destination: Destination;
	readonly port: number;
	readonly keys: Keys;
}

/** Generates the guest's host key and the runner's key in a folder. Throws CommandError. */
export async function makeSshAccess(folder: string): Promise<SshAccess> {
	const port = await freePort();
	const host = join(folder, 'host_key');
	const identity = join(folder, 'key');
	const told = command(findTool('dropbearkey')!, ['-t', 'ed25519', '-f', host]);
	const [hostPublic] = told.match(/ssh-ed25519 \S+/)!;
	const knownHosts = join(folder, 'known_hosts');
	writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostPublic}\n`);
	command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'dax-vectors', '-f', identity]);
	const destination = {
		host: 'root@127.0.0.1',
		options: [
			...['-F', 'none', '-p', String(port), '-i', identity, '-o', 'IdentitiesOnly=yes'],
			...['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'GlobalKnownHostsFile=/dev/null'],
			...['-o', 'StrictHostKeyChecking=yes'],
		],
	};
	return { destination, port, keys: { host, authorized: `${identity}.pub` } };
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}
