// SPDX-License-Identifier: MIT
import { checks } from '../adapter/checks';
import { Subject } from '../adapter/subject';
import { checkVectors } from '../adapter/vectors';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { type Command, UsageError } from './command';

const GUIDE = 'implementations/exec/README.md';

export const adapter: Command = {
	summary: 'check that an adapter keeps to the protocol',
	usage: 'check COMMAND',
	about: [
		'Runs COMMAND (one word: put it in quotes) as an adapter and goes through the whole protocol with it, then through',
		'every vector. Says what is missing and which part of implementations/exec/README.md explains it. Exits 1 then.',
		'A vector that the adapter fails is none of this: it says something about the code, and not about the adapter.',
	].join('\n'),
	options: {},
	examples: [
		[
			"dax-vectors adapter check 'python3 implementations/exec/examples/python/dax_adapter.py'",
			'the example in Python',
		],
	],

	async run(words, _, { out, error, colors, progress }) {
		const [verb, command] = words;
		if (verb !== 'check' || command === undefined || words.length > 2)
			throw new UsageError(`use: dax-vectors adapter check 'COMMAND'`);
		const subject = new Subject(command);
		let missing = 0;
		const say = async (
			name: string,
			guide: string,
			work: () => Promise<string>,
		): Promise<boolean> => {
			progress.update(name);
			try {
				const note = await work();
				out(`${colors.green('ok  ')} ${name}${note && colors.dim(` (${printable(note)})`)}`);
				return true;
			} catch (thrown) {
				if (thrown instanceof UserError) throw thrown;
				missing++;
				out(`${colors.red('FAIL')} ${name}`);
				out(`     ${printable((thrown as Error).message)}`);
				out(colors.dim(`     see "${guide}" in ${GUIDE}`));
				for (const line of subject.log()) error(colors.dim(`     | ${printable(line)}`));
				return false;
			}
		};
		try {
			const greeted = await say('it says hello', 'Hello', async () => {
				await subject.open();
				const { name, version, calls, fields, explores } = subject.hello;
				const how = explores ? '' : ', runs freely';
				return `${name} ${version}: ${calls.length} calls, ${fields.length} fields${how}`;
			});
			if (!greeted) return DOES_NOT_CONFORM;
			for (const { name, guide, needs, explores, run } of checks)
				await say(name, guide, async () => {
					const lacking = needs?.find((call) => !subject.hello.calls.includes(call));
					if (lacking) return `not checked: no ${lacking}()`;
					if (explores && !subject.hello.explores) return 'not checked: it runs freely';
					await run(subject);
					return '';
				});
			if (missing > 0) out('the vectors wait until that is mended');
			else
				await say('every vector can be decided', 'The vectors', () =>
					checkVectors(command, (text) => progress.update(text)),
				);
		} finally {
			await subject.close();
		}
		if (missing === 0) out('the adapter keeps to the protocol');
		return missing === 0 ? CONFORMS : DOES_NOT_CONFORM;
	},
};
