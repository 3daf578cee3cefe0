// SPDX-License-Identifier: MIT
import { addressForms } from '../registry';
import { command } from './command';
import { runOptions } from './run-options';
import { runVectors } from './run-vectors';

export const run = command({
	summary: 'check vectors on an implementation, over every interleaving',
	usage: '[IDS or globs] [options]',
	about: [
		'Explores every interleaving of each vector and compares each execution with what the vector allows. Prints a failure',
		'as its shortest interleaving, one column for each thread, with a token to replay it.',
		'',
		'Implementations:',
		...addressForms.map(([form, about]) => `  ${form.padEnd(22)} ${about}`),
	].join('\n'),
	options: runOptions,
	examples: [
		['dax-vectors run', 'every vector, on the model of upstream'],
		[
			'dax-vectors run DAXV-0001 -i reference:v6.12-stable',
			'the put/get race, where it is not fixed',
		],
		['dax-vectors run DAXV-0001 -i native:linux', "a kernel tree's own super.c"],
		['git bisect run dax-vectors run DAXV-0020 -i native:.', 'which commit broke it'],
		["dax-vectors run -i 'reference:*' --tag removal", 'removal, on every revision'],
		['dax-vectors run --memory lkmm', 'what must hold on any CPU that Linux runs on'],
		["dax-vectors run 'DAXV-00*' --preemptions 1 --reporter tap", 'bounded, as TAP'],
	],
	run: runVectors,
});
