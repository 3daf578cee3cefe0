// SPDX-License-Identifier: MIT
import { CITATION, citationsIn, standingOf } from '../authoring/citations';
import { commitsIn, git } from '../authoring/git';
import { openLibrary } from '../library/library';
import { CANNOT_TEST, CONFORMS } from '../run/exit-code';
import { printable } from '../text/printable';
import { type Command, text, UsageError } from './command';
import { run } from './run';

/** Digits of a commit, as kernel commit messages give them. */
const DIGITS = 12;
const {
	reporter,
	'known-failures': known,
	preemptions,
	budget,
	timeout,
	jobs,
} = run.options as Record<string, (typeof run.options)[string] & object>;

export const cited: Command = {
	summary: "run the vectors that a kernel tree's commits cite",
	usage: 'RANGE [-C TREE] [--list] [options of run]',
	about: [
		'Reads the commit messages of a range as git log understands it (HEAD^! is one commit), lists the vectors that',
		"they cite by id or by Link:, and runs those on the tree's own drivers/dax/super.c, as it is checked out now.",
		'',
		'The list goes to stdout with --list, else to stderr. An id that this version does not know cannot be tested:',
		'125, unless something else fails. A retired id is said to be, and not run.',
	].join('\n'),
	options: {
		directory: {
			type: 'string',
			short: 'C',
			value: 'TREE',
			about: 'the kernel tree (default: where you are)',
		},
		list: { type: 'boolean', about: 'only list them' },
		reporter: reporter!,
		'known-failures': known!,
		preemptions: preemptions!,
		budget: budget!,
		timeout: timeout!,
		jobs: jobs!,
	},
	examples: [
		['dax-vectors cited v7.0..HEAD', 'in a kernel tree'],
		["dax-vectors cited 'HEAD^!' -C linux --list", 'what the last commit cites'],
	],

	async run(words, values, terminal) {
		const [range] = words;
		if (range === undefined || words.length > 1)
			throw new UsageError('cited takes one range of commits, such as v7.0..HEAD');
		const tree = git(text(values, 'directory') ?? '.', ['rev-parse', '--show-toplevel']).trim();
		const { files } = await openLibrary();
		const citing = citationsIn(commitsIn(tree, range, CITATION), files);
		const say = values.list ? terminal.out : terminal.error;
		for (const { commit, citations } of citing) {
			say(printable(`${commit.hash.slice(0, DIGITS)} ("${commit.subject}")`));
			for (const citation of citations) {
				say(`  ${printable(`${citation.id}  ${standingOf(citation)}`)}`);
				for (const link of citation.links) say(`    ${printable(link)}`);
			}
		}
		if (citing.length === 0) terminal.error(`no commit of ${printable(range)} cites a vector`);
		if (values.list) return CONFORMS;

		const all = citing.flatMap(({ citations }) => citations);
		const ids = all
			.filter(({ file }) => file && file.vector.status !== 'retired')
			.map(({ id }) => id);
		if (ids.length === 0) return CANNOT_TEST;
		const { directory: _, list: __, ...options } = values;
		const implementation = [`native:${tree}`];
		const exit = await run.run([...new Set(ids)], { ...options, implementation }, terminal);
		return exit === CONFORMS && all.some(({ file }) => !file) ? CANNOT_TEST : exit;
	},
};
