// SPDX-License-Identifier: MIT
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	bootPersistentGuest,
	persistentGuest,
	removal,
	stopPersistentGuest,
	Unavailable,
} from '../registry';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM, INTERRUPTED } from '../report/exit-codes';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { type Command, UsageError, type Values } from './command';

type Verb = (words: readonly string[], values: Values, out: (line: string) => void) => unknown;

const verbs: Readonly<Record<string, Verb>> = {
	async boot([which, more], _, out) {
		if (more !== undefined) throw new UsageError('boot takes one kernel');
		const { description, accelerator } = await bootPersistentGuest(which);
		out(
			`${description} is up (${accelerator}), with the module in it. It stays until it is stopped.`,
		);
		out('');
		out('    dax-vectors guest ssh     look around');
		out('    dax-vectors guest log     what its console says');
		out('    dax-vectors guest stop    end it');
	},

	ssh(words) {
		const { destination } = running();
		const args = [...destination.options, destination.host, ...words];
		const child = spawn('ssh', args, { stdio: 'inherit' });
		// Ctrl-C is for whoever sits at the other end.
		process.on('SIGINT', () => {});
		return new Promise<number>((resolve, reject) => {
			child.once('error', (error) => reject(new UserError(error.message)));
			child.once('close', (code) => resolve(code ?? INTERRUPTED));
		});
	},

	async log(_, { follow }, out) {
		const { console } = running();
		const file = openSync(console, 'r');
		const buffer = Buffer.alloc(1 << 16);
		const decoder = new StringDecoder();
		let line = '';
		for (let at = 0; ; ) {
			const count = readSync(file, buffer, 0, buffer.length, at);
			const lines = (line + decoder.write(buffer.subarray(0, count))).split(/\r*\n/);
			line = lines.pop()!;
			for (const each of lines) out(printable(each));
			at += count;
			if (at < fstatSync(file).size) continue;
			if (!follow || !persistentGuest()) break;
			await sleep(100);
		}
		if (line) out(printable(line));
		closeSync(file);
	},

	async scenario([name, which, more], _, out) {
		if (name !== 'removal' || more !== undefined) throw new UsageError('scenarios: removal');
		const { description, told, problems } = await removal(which);
		out(
			`${problems.length === 0 ? 'PASS' : 'FAIL'}  removal under a mounted filesystem on ${description}`,
		);
		for (const each of told) out(`      the holder was told: ${each}`);
		for (const problem of problems) out(`      ${printable(problem)}`);
		return problems.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
	},

	async stop(_, __, out) {
		const guest = running();
		await stopPersistentGuest(guest);
		out(`${guest.description} is gone`);
	},
};

function running() {
	const guest = persistentGuest();
	if (!guest) throw new UserError('no guest runs: dax-vectors guest boot');
	return guest;
}

export const guest: Command = {
	summary: 'boot a kernel with the module in it, to look around',
	usage:
		'boot [6.1|6.12|BUILD|super=LINUX] | ssh [COMMAND] | log [--follow] | stop | scenario removal',
	about: [
		'Boots a kernel under QEMU as "run --implementation kernel" does, and leaves it running: one at a time, reached from',
		'this machine only, with a key of its own. Its files are in the cache until it is stopped. ssh gives a shell there, or',
		'runs a command and exits as that does; what has options of its own comes after --.',
		'',
		'scenario removal, in a guest of its own: xfs on persistent memory with -o dax, the driver unbound under it, umount.',
		'The holder must be told once, with MF_MEM_PRE_REMOVE, and fs_put_dax() must not warn.',
	].join('\n'),
	options: { follow: { type: 'boolean', short: 'f', about: 'log: go on until the guest ends' } },
	examples: [
		['dax-vectors guest boot 6.1', "Debian's Linux 6.1"],
		['dax-vectors guest ssh -- dmesg -w', 'a command there'],
		['dax-vectors guest stop', 'end it'],
	],

	async run([verb, ...words], values, { out, error }) {
		if (verb === undefined || !Object.hasOwn(verbs, verb))
			throw new UsageError('use: dax-vectors guest boot, ssh, log, stop or scenario');
		try {
			const code = await verbs[verb]!(words, values, out);
			return typeof code === 'number' ? code : CONFORMS;
		} catch (thrown) {
			if (!(thrown instanceof Unavailable)) throw thrown;
			const { verdict, reason } = thrown.obstacle;
			error(`${verdict.toUpperCase()}  ${reason}`);
			return CANNOT_TEST;
		}
	},
};
