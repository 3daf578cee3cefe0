// SPDX-License-Identifier: MIT
/** Opens watchers of machines that run. */
import { notRun } from '../../unavailable';
import type { Watcher } from '../../watcher';
import { destinationOf } from '../remote';
import { type Destination, ssh } from '../ssh';
import { requireTools } from '../tools';
import { type Trace, trace } from './trace';

/** Watches a machine that runs: "ssh://root@HOST". Gives undefined for another address. Throws Unavailable. */
export async function watchHost(url: string): Promise<Watcher | undefined> {
	const destination = destinationOf(url);
	if (!destination) return undefined;
	requireTools(['ssh']);
	const traced = await trace(destination);
	const description = `Linux ${traced.release} on ${destination.host}`;
	return watcherOf(traced, destination, description);
}

/** description: the kernel, for people. */
export function watcherOf(traced: Trace, to: Destination, description: string): Watcher {
	return { ...traced, description, run: (command, output) => runThere(to, command, output) };
}

/** Exit code of ssh when the connection fails. */
const SSH_FAILED = 255;

function runThere(
	to: Destination,
	command: string,
	output: (text: string) => void,
): Promise<number | null> {
	const child = ssh(to, command);
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	child.stdin.on('error', () => {});
	child.stdin.end();
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', output);
	return new Promise((resolve, reject) => {
		child.once('error', (error) => reject(notRun(error.message)));
		child.once('close', (code) => {
			process.off('exit', kill);
			resolve(code === SSH_FAILED ? null : code);
		});
	});
}
