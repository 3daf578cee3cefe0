// SPDX-License-Identifier: MIT
import { checks } from '../adapter/checks';
import { Subject } from '../adapter/subject';
import { checkVectors } from '../adapter/vectors';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { command } from './command';
import { UsageError } from './option';

const GUIDE = 'docs/write-an-adapter.md';

export const adapter = command({
	summary: 'check that an adapter follows the protocol',
	usage: 'check COMMAND',
	about: [
		'Starts COMMAND (one word: put it in quotes) as an adapter, exercises the whole protocol, then runs every vector.',
		'Names each thing that is missing and the section of docs/write-an-adapter.md that explains it, and exits 1.',
		'A vector that the adapter fails does not count here: it says something about the code under test.',
	].join('\n'),
	options: {},
	examples: [
		[
			"dax-vectors adapter check 'python3 implementations/exec/examples/python/dax_adapter.py'",
			'the example in Python',
		],
	],

	async run(words, _, terminal) {
		const [verb, line] = words;
		if (verb !== 'check' || line === undefined || words.length > 2)
			throw new UsageError(`use: dax-vectors adapter check 'COMMAND'`);
		const subject = new Subject(line);
		try {
			const conforms = await checkAdapter(line, subject, terminal);
			if (conforms) terminal.out('the adapter keeps to the protocol');
			return conforms ? CONFORMS : DOES_NOT_CONFORM;
		} finally {
			await subject.close();
		}
	},
});

async function checkAdapter(line: string, subject: Subject, terminal: Terminal): Promise<boolean> {
	const step = stepsOf(subject, terminal);
	const greeted = await step('it says hello', 'Hello', async () => {
		await subject.open();
		const { name, version, calls, fields, explores } = subject.hello;
		const how = explores ? '' : ', runs freely';
		return `${name} ${version}: ${calls.length} calls, ${fields.length} fields${how}`;
	});
	if (!greeted) return false;
	let conforms = true;
	for (const { name, guide, needs, explores, run } of checks) {
		const passed = await step(name, guide, async () => {
			const lacking = needs?.find((call) => !subject.hello.calls.includes(call));
			if (lacking) return `not checked: no ${lacking}()`;
			if (explores && !subject.hello.explores) return 'not checked: it runs freely';
			await run(subject);
			return '';
		});
		conforms &&= passed;
	}
	if (!conforms) {
		terminal.out('fix these first: the vectors were not run');
		return false;
	}
	const { progress } = terminal;
	return step('every vector can be decided', 'The vectors', () =>
		checkVectors(line, (text) => progress.update(text)),
	);
}

/** Runs a check and prints its name with ok or FAIL. The check gives a remark; it throws where something is missing. */
type Step = (name: string, guide: string, check: () => Promise<string>) => Promise<boolean>;

const stepsOf =
	(subject: Subject, { out, error, colors, progress }: Terminal): Step =>
	async (name, guide, check) => {
		progress.update(name);
		try {
			const remark = await check();
			out(`${colors.green('ok  ')} ${name}${remark && colors.dim(` (${printable(remark)})`)}`);
			return true;
		} catch (thrown) {
			if (thrown instanceof UserError) throw thrown;
			out(`${colors.red('FAIL')} ${name}`);
			out(`     ${printable((thrown as Error).message)}`);
			out(colors.dim(`     see "${guide}" in ${GUIDE}`));
			for (const line of subject.log()) error(colors.dim(`     | ${printable(line)}`));
			return false;
		}
	};
