// SPDX-License-Identifier: MIT
/** Runs OpenSSH's client, with the user's configuration, agents and jump hosts. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface Destination {
	readonly host: string;
	readonly options: readonly string[];
}

/** Seconds that connecting to a host may take. */
const CONNECT_LIMIT_S = 15;

/** Starts a command on a host. BatchMode: ssh never prompts. detached: Ctrl-C in the terminal does not reach it. */
export function ssh(
	{ host, options }: Destination,
	command: string,
	{ detached = false } = {},
): ChildProcessWithoutNullStreams {
	const always = [
		...['-T', '-o', 'BatchMode=yes', '-o', 'ServerAliveInterval=10'],
		...['-o', `ConnectTimeout=${CONNECT_LIMIT_S}`],
	];
	return spawn('ssh', [...options, ...always, host, command], { stdio: 'pipe', detached });
}

/** Runs a command on a host; resolves with its stdout. Rejects with its stderr when it fails. */
export function remote(to: Destination, command: string, input?: Buffer): Promise<string> {
	const child = ssh(to, command);
	let out = '';
	let err = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		out += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		err += text;
	});
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) resolve(out);
			else reject(new Error(err.trim() || `ssh exited with ${code}`));
		});
	});
}
