// SPDX-License-Identifier: MIT
import { addressForms } from '../registry';
import { command } from './command';
import { runOptions } from './run-options';
import { runVectors } from './run-vectors';

export const run = command({
	summary: 'check vectors on an implementation, over every interleaving',
	usage: '[IDS, globs or files] [TREE] [options]',
	about: [
		'Explores every interleaving of each vector and compares each execution with what the vector allows. In a kernel tree,',
		'or with a folder among the words, that tree is checked; elsewhere the model of upstream.',
		'',
		'Prints the failures by cause, each with its shortest interleaving and a token to replay it; then a line for each other',
		'kind of result, the verdict, and on which releases the failures are known. 1, 0001 and daxv-1 are short for DAXV-0001.',
		'',
		'Implementations:',
		...addressForms.map(([form, about]) => `  ${form.padEnd(22)} ${about}`),
	].join('\n'),
	options: runOptions,
	examples: [
		['dax-vectors run', 'every vector, on the tree around you'],
		[
			'dax-vectors run DAXV-0001 -i reference:v6.12-stable',
			'the put/get race, where it is not fixed',
		],
		['dax-vectors run DAXV-0001 -i native:linux', "a kernel tree's own super.c"],
		['git bisect run dax-vectors run DAXV-0020 -i native:.', 'which commit broke it'],
		['dax-vectors run DAXV-0014 --open', 'a verdict on what upstream has not settled'],
		["dax-vectors run -i 'reference:*' --tag removal", 'removal, on every revision'],
		['dax-vectors run --memory lkmm', 'what must hold on any CPU that Linux runs on'],
		["dax-vectors run 'DAXV-00*' --preemptions 1 --reporter tap", 'bounded, as TAP'],
	],
	run: runVectors,
});
