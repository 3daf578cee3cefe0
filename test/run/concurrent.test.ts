// SPDX-License-Identifier: MIT
/** Concurrency of adapters: run --jobs. */
import t from 'tap';
import { needs } from '../needs';
import { undated } from '../records';
import { tool } from '../tool';

const PYTHON = needs('python3');

t.test(
	'three processes of an adapter give the report of one, in the same order',
	PYTHON,
	async (t) => {
		const adapter = 'exec:python3 implementations/exec/examples/python/dax_adapter.py';
		const run = (jobs: string) => tool(['run', '-i', adapter, '-r', 'json', '--jobs', jobs]);
		const [one, three] = [await run('1'), await run('3')];
		t.equal(one.code, 0);
		t.equal(undated(three.out), undated(one.out));
	},
);

t.test('rejects --jobs with exit code 129 where no adapter is given, and --jobs 0', async (t) => {
	const refused = await tool(['run', '-i', 'reference', '--jobs', '2']);
	t.match(refused, { code: 129, err: /--jobs N is how many processes of an exec:COMMAND adapter/ });
	const none = await tool(['run', '-i', 'exec:./adapter', '--jobs', '0']);
	t.match(none, { code: 129, err: /--jobs takes a whole number from 1, not "0"/ });
});
