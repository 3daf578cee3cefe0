// SPDX-License-Identifier: MIT
import { relative, resolve } from 'node:path';
import { CONFORMS } from '../report/exit-codes';
import { command, implementations, unconfined } from './command';
import { assertUsable } from './open';
import { option, UsageError } from './option';
import { openDistinct } from './run-target';
import { minimiseFile } from './try-minimise';
import { proposeOutcomes } from './try-outcomes';
import { watch } from './try-watch';

export const tryCommand = command({
	summary: 'explore a draft and propose its outcomes, or make a failing vector smaller',
	usage: 'FILE [--watch] [-i ADDRESS]... | FILE --minimise [--write] [-i ADDRESS]',
	about: [
		'Explores the program of a draft on all revisions of the reference, in every interleaving. Prints each end that was',
		'seen as an outcome to paste, with the number of traces and the revisions that show it, then one execution for each.',
		'An end that only some revisions show is what a vector is for. Only format, variants, holders, device, setup and',
		'threads of the file are read; everything else may still be TODO. Give calls a name: {call: ..., as: got}.',
		'',
		'--minimise takes a vector that fails. It removes threads, calls, rules, outcomes and single words as long as lint',
		'accepts the rest, its first failure stays the same, and upstream as merged passes what it passed before. Comments',
		'stay. It prints the smaller vector, and exits 1 when nothing fails.',
	].join('\n'),
	options: {
		implementation: implementations(
			'where to explore; the last one counts as right (default: reference:*)',
		),
		watch: option.flag({ about: 'explore again whenever the file changes, until Ctrl-C' }),
		minimise: option.flag({
			about: 'remove what the failure does not need (default: on the newest revision that fails)',
		}),
		unconfined,
		write: option.flag({ short: 'w', about: 'with --minimise: write the result to FILE' }),
	},
	examples: [
		['dax-vectors try draft.yaml', 'on every revision'],
		['dax-vectors try draft.yaml --watch', 'beside an editor'],
		['dax-vectors try draft.yaml -i native:.', "on a kernel tree's own super.c"],
		['dax-vectors try DAXV-0090.yaml --minimise', 'print a smaller vector that still fails'],
		['dax-vectors try DAXV-0090.yaml --minimise --write -i native:.', 'for a failure of a tree'],
	],

	async run(words, values, terminal) {
		const [word] = words;
		if (word === undefined || words.length > 1) throw new UsageError('try takes one file');
		if (values.minimise && values.watch)
			throw new UsageError('--minimise and --watch exclude each other');
		if (values.write && !values.minimise)
			throw new UsageError('--write belongs to --minimise: add --minimise');
		const file = relative(process.cwd(), resolve(word)) || '.';
		const addresses = values.implementation;
		if (values.minimise) {
			if (addresses.length > 1) throw new UsageError('--minimise takes one --implementation');
			const [address] = addresses;
			return minimiseFile(file, { ...values, address }, terminal);
		}
		const opened = await openDistinct(addresses.length > 0 ? addresses : ['reference:*'], {
			unconfined: values.unconfined,
		});
		try {
			for (const each of opened) assertUsable(each);
			const propose = () => proposeOutcomes(file, opened, terminal);
			await (values.watch ? watch(file, propose, terminal) : propose());
			return CONFORMS;
		} finally {
			for (const each of opened) await each.close?.();
		}
	},
});
