// SPDX-License-Identifier: MIT
import { runReview } from '../review/session';
import { answerFormat, command, unconfined } from './command';
import { option, UsageError } from './option';

export const review = command({
	summary: 'judge a posted series patch by patch, from the mails',
	usage: 'SERIES -C LINUX [IDS or globs] [options]',
	about: [
		'Reads a series as people save it: a thread of lore.kernel.org (mbox.gz), a mail, a folder of patches, or "-" for',
		'stdin. Takes the newest version, applies its patches one after the other in a scratch folder, and judges every',
		'vector on the base and after each patch that changes what is compiled: drivers/dax/super.c and its headers. The',
		'tree, its index and its branches stay as they are. Hunks for other files are named and not applied.',
		'',
		'Prints the vectors whose verdict changes, and the interleaving of each cause. Failures of the base do not count.',
		'Exit codes: 0 no regression against the base, 1 a regression, 125 cannot be judged.',
	].join('\n'),
	options: {
		directory: option.text({
			short: 'C',
			value: 'LINUX',
			about: 'kernel tree: a repository, bare or not, or a folder (default: the working directory)',
		}),
		base: option.text({
			value: 'REV',
			about: 'commit that the series applies to (default: its base-commit, else HEAD)',
		}),
		version: option.count({ least: 1, about: 'version to judge (default: the newest)' }),
		reply: option.flag({ about: 'print the body of a reply to each patch, in 72 columns' }),
		kernel: option.flag({ about: "judge each patch live in Debian's kernel under QEMU as well" }),
		unconfined,
		reporter: answerFormat,
	},
	examples: [
		['dax-vectors review thread.mbox.gz -C linux', 'a thread saved from lore.kernel.org'],
		['dax-vectors review outgoing/ -C . --base HEAD', 'what git format-patch wrote'],
		['dax-vectors review t.mbox -C linux --version 3 --reply', 'an answer to version 3'],
	],

	run([mails, ...ids], values, terminal) {
		const { directory, base, version, reply, kernel, unconfined, reporter } = values;
		if (mails === undefined)
			throw new UsageError('review takes saved mails: a file, a folder of patches, or "-"');
		if (reply && reporter === 'json')
			throw new UsageError('--reply prints mails: leave --reporter json out');
		const linux = directory ?? '.';
		const output = reply ? 'reply' : (reporter ?? 'pretty');
		return runReview({ mails, ids, linux, base, version, output, kernel, unconfined }, terminal);
	},
});
