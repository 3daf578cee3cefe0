// SPDX-License-Identifier: MIT
import { runBlame } from '../review/blame-session';
import { answerFormat, command, unconfined } from './command';
import { option, UsageError } from './option';

export const blame = command({
	summary: 'find the commits that made a vector fail, or pass',
	usage: 'ID | --all [RANGE] -C LINUX',
	about: [
		'Looks at the commits of a range (default: all up to HEAD) that touch drivers/dax or its headers, out of git',
		'objects: nothing is checked out. Judges each state of what is compiled once, and bisects over these states. Prints',
		'the commit that made the vector fail, the one that made it pass, and a Fixes: line for a commit message. Where both',
		'ends of the range agree, it judges every state until one differs.',
		'',
		'The order is that of first parents; where a merge changed the verdict, its branch is searched. A commit that cannot',
		'be judged is skipped, and named where it hides the answer: exit code 125.',
	].join('\n'),
	options: {
		directory: option.text({
			short: 'C',
			value: 'LINUX',
			about: 'repository, bare or not (default: the working directory)',
		}),
		all: option.flag({ about: 'print a table of all vectors: introduced by, fixed by' }),
		unconfined,
		reporter: answerFormat,
	},
	examples: [
		['dax-vectors blame DAXV-0020 -C linux', 'which commit to cite'],
		['dax-vectors blame DAXV-0001 -C linux v6.12..v7.3', 'between two releases'],
		['dax-vectors blame --all -C linux v6.0..', 'the history of every vector'],
	],

	run(words, { directory, all, unconfined, reporter }, terminal) {
		const [id, range] = all ? [undefined, ...words] : words;
		if (words.length > (all ? 1 : 2) || (!all && id === undefined))
			throw new UsageError('blame takes one id and a range of commits, or --all and a range');
		const options = {
			ids: id === undefined ? [] : [id],
			linux: directory ?? '.',
			range: range ?? 'HEAD',
			all,
			unconfined,
			json: reporter === 'json',
		};
		return runBlame(options, terminal);
	},
});
