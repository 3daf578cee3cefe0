// SPDX-License-Identifier: MIT
/** SSH access to a guest: a port on the loopback address, and keys made for this user's guests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { command, findTool } from '../system/command';
import type { Keys } from './initramfs';
import type { Destination } from './ssh';

/** Files in a guest's folder: host key in dropbear's format, and what the runner needs to reach the guest. */
const HOST_KEY = 'host_key';
const HOST_PUBLIC = 'host_key.pub';
const IDENTITY = 'key';
/** Files by which a runner reaches a guest that has the keys of another. */
export const ACCESS_FILES = [HOST_PUBLIC, IDENTITY] as const;

/** Generates the guest's host key and the runner's key in a folder. Throws Unavailable. */
export function makeKeys(folder: string): Keys {
	const host = join(folder, HOST_KEY);
	const identity = join(folder, IDENTITY);
	const told = command(findTool('dropbearkey')!, ['-t', 'ed25519', '-f', host]);
	const [hostPublic] = told.match(/ssh-ed25519 \S+/)!;
	writeFileSync(join(folder, HOST_PUBLIC), hostPublic);
	command('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'dax-vectors', '-f', identity]);
	return { host, authorized: `${identity}.pub` };
}

export interface SshAccess {
	readonly destination: Destination;
	readonly port: number;
}

/** Chooses a free port for the guest whose ACCESS_FILES are in a folder. */
export async function openAccess(folder: string): Promise<SshAccess> {
	const port = await freePort();
	const hostPublic = readFileSync(join(folder, HOST_PUBLIC), 'utf8');
	const knownHosts = join(folder, 'known_hosts');
	writeFileSync(knownHosts, `[127.0.0.1]:${port} ${hostPublic}\n`);
	const destination = {
		host: 'root@127.0.0.1',
		options: [
			...['-F', 'none', '-p', String(port), '-i', join(folder, IDENTITY)],
			...['-o', 'IdentitiesOnly=yes', '-o', `UserKnownHostsFile=${knownHosts}`],
			...['-o', 'GlobalKnownHostsFile=/dev/null', '-o', 'StrictHostKeyChecking=yes'],
		],
	};
	return { destination, port };
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
