// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '../registry';
import { bootPersistentGuest, persistentGuest, stopPersistentGuest } from '../registry/guests';
import { CANNOT_TEST, CONFORMS, INTERRUPTED } from '../report/exit-codes';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { scenarioNames } from '../watch/scenario';
import { command } from './command';
import { runScenarios } from './guest-scenario';
import { option, UsageError } from './option';

interface Arguments {
	readonly words: readonly string[];
	readonly follow: boolean;
	readonly out: (line: string) => void;
	readonly error: (line: string) => void;
}

/** A verb gives its exit code, or nothing for success. */
type Verb = (given: Arguments) => Promise<number | undefined>;

const LOG_POLL_MS = 100;

const verbs: Readonly<Record<string, Verb>> = {
	async boot({ words: [which, more], out }) {
		if (more !== undefined) throw new UsageError('boot takes one kernel');
		const { description, accelerator } = await bootPersistentGuest(which);
		out(`${description} is up (${accelerator}) with the module loaded, until it is stopped.`);
		out('');
		out('    dax-vectors guest ssh     open a shell there');
		out('    dax-vectors guest log     print its console');
		out('    dax-vectors guest stop    stop it');
		return undefined;
	},

	ssh({ words }) {
		const { destination } = running();
		const args = [...destination.options, destination.host, ...words];
		const child = spawn('ssh', args, { stdio: 'inherit' });
		// ssh passes Ctrl-C on to the command in the guest.
		process.on('SIGINT', () => {});
		return new Promise((resolve, reject) => {
			child.once('error', (error) => reject(new UserError(error.message)));
			child.once('close', (code) => resolve(code ?? INTERRUPTED));
		});
	},

	async log({ follow, out }) {
		const { console } = running();
		const file = openSync(console, 'r');
		const buffer = Buffer.alloc(1 << 16);
		const decoder = new StringDecoder();
		let rest = '';
		for (let offset = 0; ; ) {
			const count = readSync(file, buffer, 0, buffer.length, offset);
			const lines = (rest + decoder.write(buffer.subarray(0, count))).split(/\r*\n/);
			rest = lines.pop() ?? '';
			for (const line of lines) out(printable(line));
			offset += count;
			if (offset < fstatSync(file).size) continue;
			if (!follow || !persistentGuest()) break;
			await sleep(LOG_POLL_MS);
		}
		if (rest) out(printable(rest));
		closeSync(file);
		return undefined;
	},

	scenario: ({ words, out, error }) => runScenarios(words, out, error),

	async stop({ out }) {
		const guest = running();
		await stopPersistentGuest(guest);
		out(`${guest.description} is stopped`);
		return undefined;
	},
};

function running() {
	const guest = persistentGuest();
	if (!guest) throw new UserError('no guest runs: dax-vectors guest boot');
	return guest;
}

export const guest = command({
	summary: 'boot a kernel with the module in it, to look around',
	usage: 'boot [KERNEL] | ssh [COMMAND] | log [--follow] | stop | scenario NAME... [KERNEL]',
	about: [
		'Boots a kernel under QEMU as "run --implementation kernel" does, and leaves it running: one guest at a time,',
		'reachable from this machine only, with a key of its own. The cache holds its files until it is stopped. ssh opens a',
		'shell there, or runs a command and exits with its exit code; put -- before a command that has options. KERNEL is',
		'what follows "kernel:" in an address: 6.1, BUILD or super=LINUX.',
		'',
		'scenario runs steps in guests of its own, with filesystems on emulated persistent memory. Every step must do what it',
		'says, and the calls are judged as by dax-vectors watch. NAME is a file FILE.yaml, or one of',
		`${scenarioNames().join(', ')}.`,
	].join('\n'),
	options: { follow: option.flag({ short: 'f', about: 'log: go on until the guest ends' }) },
	examples: [
		['dax-vectors guest boot 6.1', "Debian's Linux 6.1"],
		['dax-vectors guest ssh -- dmesg -w', 'a command there'],
		['dax-vectors guest stop', 'stop it'],
	],

	async run([word, ...words], { follow }, { out, error }) {
		const verb = word !== undefined && Object.hasOwn(verbs, word) ? verbs[word] : undefined;
		if (!verb) throw new UsageError('use: dax-vectors guest boot, ssh, log, stop or scenario');
		try {
			return (await verb({ words, follow, out, error })) ?? CONFORMS;
		} catch (thrown) {
			if (!(thrown instanceof Unavailable)) throw thrown;
			const { verdict, reason } = thrown.obstacle;
			error(`${verdict.toUpperCase()}  ${reason}`);
			return CANNOT_TEST;
		}
	},
});
