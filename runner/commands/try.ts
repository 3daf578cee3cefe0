// SPDX-License-Identifier: MIT
import { unwatchFile, watchFile } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Vector } from '../../schema/types/vector';
import { exploreEnds } from '../authoring/try/explored';
import { loadProgram } from '../authoring/try/program';
import { type Proposal, proposal } from '../authoring/try/proposal';
import { defaults } from '../decide/defaults';
import { diagram } from '../diagram/columns';
import type { Case } from '../library/compile';
import { open } from '../registry';
import { CONFORMS } from '../report/exit-codes';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { address, type Command, texts, UsageError } from './command';

export const tryCommand: Command = {
	summary: 'explore a draft and propose its outcomes',
	usage: 'FILE [--watch] [-i ADDRESS]...',
	about: [
		'Explores the program of a draft on the reference and all its revisions, in every interleaving, and prints the',
		'ends that were seen as outcomes to paste, with how often and where; what only some revisions show tells them',
		'apart, and is what a vector is for. Then one execution for each. Only format, variants, holders, device, setup',
		'and threads of the file are read: all else may be blank. Results need a name: {call: ..., as: got}.',
	].join('\n'),
	options: {
		implementation: {
			...address('where; the last one is taken to be right (default: reference:*)'),
			multiple: true,
		},
		watch: { type: 'boolean', about: 'again whenever the file changes, until Ctrl-C' },
	},
	examples: [
		['dax-vectors try draft.yaml', 'on every revision'],
		['dax-vectors try draft.yaml --watch', 'beside an editor'],
		['dax-vectors try draft.yaml -i native:.', "on a kernel tree's own super.c"],
	],

	async run(words, values, terminal) {
		const [word] = words;
		if (word === undefined || words.length > 1) throw new UsageError('try takes one file');
		const file = relative(process.cwd(), resolve(word));
		const addresses = texts(values, 'implementation');
		const opened = (addresses.length > 0 ? addresses : ['reference:*']).flatMap((each) =>
			open(each),
		);
		const ready = opened.map((each) => each.ready?.() ?? each);
		const implementations = await Promise.all(ready);
		try {
			if (!values.watch) await attempt(file, implementations, terminal);
			else await watch(file, () => attempt(file, implementations, terminal), terminal);
			return CONFORMS;
		} finally {
			for (const each of implementations) await each.close?.();
		}
	},
};

async function attempt(
	file: string,
	implementations: readonly Implementation[],
	{ out, colors }: Terminal,
): Promise<void> {
	const model = implementations.at(-1)!.target;
	const proposals = new Map<string, [Case, Proposal, string | null]>();
	for (const test of loadProgram(file)) {
		const variant = test.id.split('/')[1] ?? null;
		const explored = await exploreEnds(test, implementations, defaults);
		if (explored.totals.size === 0)
			throw new UserError(`${file}: none of the implementations has the calls`);
		for (const [target, why] of explored.left)
			out(colors.dim(`# ${variant === null ? '' : `${variant}: `}${target}: ${why}`));
		const words = variant === null ? {} : (test.source.data as Vector).variants![variant]!;
		const proposed = proposal(test, explored, model, words);
		// Variants that end alike, word for word, have one set of outcomes.
		const known = [...proposals.values()].find(
			([, { text }]) => bare(text) === bare(proposed.text),
		);
		if (!known) proposals.set(test.id, [test, proposed, variant]);
	}
	for (const [, { text }, variant] of proposals.values()) {
		if (variant !== null && proposals.size > 1) out(colors.dim(`# variant ${variant}`));
		out(text.trimEnd());
	}
	for (const [test, { named }] of proposals.values())
		for (const [name, { example, target }] of named) {
			out('');
			out(`${colors.bold(name)}${colors.dim(`, on ${target}`)}`);
			for (const line of diagram(test.program, example)) out(`    ${line}`);
		}
}

/** What is proposed, without how often it was seen. */
const bare = (text: string): string => text.replace(/^ *# .* traces? on .*\n/gm, '');

/** Milliseconds between two looks at the file: editors replace it, so there is nothing to be told by. */
const INTERVAL = 200;

/** Never ends by itself. */
async function watch(file: string, run: () => Promise<void>, terminal: Terminal): Promise<void> {
	const again = async (): Promise<void> => {
		terminal.out(terminal.colors.dim(`--- ${new Date().toLocaleTimeString()} ${file}`));
		await run().catch((error) => {
			if (!(error instanceof UserError)) throw error;
			terminal.error(error.message);
		});
	};
	await again();
	let last = Promise.resolve();
	await new Promise<void>((stop) => {
		watchFile(file, { interval: INTERVAL }, () => {
			last = last.then(again);
		});
		process.once('SIGINT', () => {
			unwatchFile(file);
			stop();
		});
	});
	await last;
}
