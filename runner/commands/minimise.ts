// SPDX-License-Identifier: MIT
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import { minimise as shrink } from '../authoring/minimise/minimise';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { compile } from '../library/compile';
import { loadVector } from '../library/load';
import { open } from '../registry';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { address, type Command, text, UsageError } from './command';

export const minimise: Command = {
	summary: 'drop what a failure does not need',
	usage: 'FILE [-i ADDRESS] [--write]',
	about: [
		'Removes threads, calls, rules, outcomes and single words from a vector, as long as lint accepts what is left and',
		'its first failure stays the same. What passed before on upstream as merged must go on to pass there. Comments and',
		'layout of what is left stay. Prints the smaller vector; exits 1 when nothing fails.',
	].join('\n'),
	options: {
		implementation: address(
			'where it fails (default: the newest revision of the reference where it does)',
		),
		write: { type: 'boolean', short: 'w', about: 'write it back to FILE' },
	},
	examples: [
		['dax-vectors minimise draft/DAXV-0090.yaml', 'print what is left'],
		['dax-vectors minimise DAXV-0090.yaml -i native:. --write', 'for a failure of a kernel tree'],
	],

	async run(words, values, { out, error, progress }) {
		const [word] = words;
		if (word === undefined || words.length > 1) throw new UsageError('minimise takes one file');
		const file = relative(process.cwd(), resolve(word));
		const cases = compile(loadVector(file));
		const failing = await find(text(values, 'implementation'));
		if (!failing) {
			error(`${file}: nothing fails: name an implementation where it does with --implementation`);
			return DOES_NOT_CONFORM;
		}
		const [merged] = open('reference');
		const others = failing.address === merged!.address ? [] : [merged!];
		try {
			const written = readFileSync(file, 'utf8');
			const result = await shrink(file, written, failing, others, defaults, (tried) =>
				progress.update(`${tried} smaller vectors tried`),
			);
			const { text: smaller, message, tried } = result!;
			if (values.write) writeFileSync(file, smaller);
			else out(smaller.trimEnd());
			const lines = (each: string) => each.trimEnd().split('\n').length;
			error(
				`${file}: ${lines(written)} lines are ${lines(smaller)}, after ${tried} tries; on ${failing.address} still: ${message}`,
			);
			return CONFORMS;
		} finally {
			await failing.close?.();
		}

		/** The first implementation where it fails. */
		async function find(address: string | undefined): Promise<Implementation | undefined> {
			const opened = open(address ?? 'reference:*').reverse();
			for (const each of opened) {
				const implementation = await (each.ready?.() ?? each);
				for (const test of cases)
					if ((await decide(test, implementation, defaults)).verdict === 'fail')
						return implementation;
				await implementation.close?.();
			}
			return undefined;
		}
	},
};
