// SPDX-License-Identifier: MIT
/** Does it answer as the protocol has it? */
import { type Check, one } from './check';
import { ANSWER, END, requireThat } from './subject';

export const conversation: readonly Check[] = [
	{
		name: 'what it does not know is skipped',
		guide: 'Skipped and errored',
		async run(subject) {
			const [call] = subject.hello.calls;
			const unknown = {
				...one('run_dax'),
				threads: [{ name: 'a', calls: [{ site: 0, call: 'new_dax' }] }],
			};
			const programs = [unknown, ...(call ? [{ ...one(call), weather: 'fine' }] : [])];
			for (const program of programs) {
				const { answer } = await subject.ask(program, [[]]);
				requireThat(
					answer === 'skipped',
					`a program with something unknown is answered "${answer}"`,
				);
			}
		},
	},
	{
		name: 'seq comes back as it was, and answers in the order of the requests',
		guide: 'Lines',
		async run(subject) {
			const channel = await subject.open();
			const body = { request: 'hello', protocol: 1 };
			const names = [
				'',
				'"\\',
				'\u00e9\u4e16\ud83d\ude00',
				'\n\t\u0001',
				'__proto__',
				'x'.repeat(64),
			];
			await Promise.all(names.map((seq) => channel.request(body, ANSWER, seq)));
		},
	},
	{
		name: 'a line that is no request is answered with errored, or ends it',
		guide: 'Skipped and errored',
		async run(subject) {
			for (const line of ['not JSON', '[]', '{"seq":""}', '{"seq":"","request":"new"}']) {
				const channel = await subject.open();
				channel.write(`${line}\n`);
				const answer = await channel.expect('', END).catch((error: Error) => error);
				if (answer instanceof Error)
					requireThat(/exited with [1-9]/.test(answer.message), `${line}: ${answer.message}`);
				else requireThat(answer.answer === 'errored', `${line} is answered "${answer.answer}"`);
			}
		},
	},
	{
		name: 'it ends with exit code 0 when its stdin is closed',
		guide: 'Lines',
		async run(subject) {
			await subject.open();
			const code = await subject.close();
			requireThat(code !== null, `it did not end within ${END} ms`);
			requireThat(code === 0, `it exited with ${code}`);
		},
	},
];
