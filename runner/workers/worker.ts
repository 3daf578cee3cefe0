// SPDX-License-Identifier: MIT
/** A worker process: decides the cases that it is asked for. */
import type { Implementation } from '../../implementations/implementation';
import { decide } from '../decide/decide';
import { emptyResult } from '../decide/empty-result';
import { openLibrary } from '../library/library';
import { open } from '../registry';
import type { Answer, Question } from './messages';

/** Milliseconds between two words of how far it is. */
const INTERVAL = 500;

const library = openLibrary();
const opened = new Map<string, Implementation>();

/** Without a pool there is nobody to tell, nor to work for. */
const send = (answer: Answer) =>
	process.send!(answer, undefined, undefined, (error) => {
		if (error) process.exit(0);
	});

async function answer({ id, fingerprint, address, options }: Question): Promise<void> {
	const { cases } = await library;
	const test = cases.find((each) => each.id === id);
	if (!test || test.fingerprint !== fingerprint)
		throw new Error(`${id} has changed since this run began`);
	const implementation = opened.get(address) ?? open(address)[0]!;
	opened.set(address, implementation);
	send({ started: true });
	try {
		let last = Date.now();
		const explored = (_id: string, _address: string, traces: number, executions: number) => {
			if (Date.now() - last < INTERVAL) return;
			last = Date.now();
			send({ traces, executions });
		};
		send({ result: await decide(test, implementation, { ...options, explored }) });
	} catch (error) {
		const reason = `the runner failed: ${(error as Error).message}`;
		send({ result: emptyResult(test, address, 'error', reason) });
	}
}

process.on('message', (question: Question) => {
	answer(question).catch((error) => {
		process.stderr.write(`${(error as Error).stack}\n`);
		process.exit(1);
	});
});
// Ctrl-C is the pool's affair.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.on('error', () => process.exit(0));
