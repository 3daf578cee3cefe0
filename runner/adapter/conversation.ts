// SPDX-License-Identifier: MIT
/** Checks of the protocol: unknown programs, seq, invalid requests, the end. */
import { type Check, one } from './check';
import { ANSWER_TIMEOUT_MS, END_TIMEOUT_MS, requireThat } from './subject';

export const conversation: readonly Check[] = [
	{
		name: 'a program with something unknown is skipped',
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
		name: 'seq comes back unchanged, and answers come in the order of the requests',
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
			await Promise.all(names.map((seq) => channel.request(body, ANSWER_TIMEOUT_MS, seq)));
		},
	},
	{
		name: 'an invalid request is answered with errored, or ends the adapter',
		guide: 'Skipped and errored',
		async run(subject) {
			for (const line of ['not JSON', '[]', '{"seq":""}', '{"seq":"","request":"new"}']) {
				const channel = await subject.open();
				channel.write(`${line}\n`);
				const answer = await channel.expect('', END_TIMEOUT_MS).catch((error: Error) => error);
				if (answer instanceof Error)
					requireThat(/exited with [1-9]/.test(answer.message), `${line}: ${answer.message}`);
				else requireThat(answer.answer === 'errored', `${line} is answered "${answer.answer}"`);
			}
		},
	},
	{
		name: 'the adapter exits with code 0 when stdin ends',
		guide: 'Lines',
		async run(subject) {
			await subject.open();
			const code = await subject.close();
			requireThat(code !== null, `the adapter did not end within ${END_TIMEOUT_MS} ms`);
			requireThat(code === 0, `the adapter exited with ${code}`);
		},
	},
];
