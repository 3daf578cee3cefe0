// SPDX-License-Identifier: MIT
/** Several adapters at once say what one says, in the same order. */
import t from 'tap';
import { undated } from '../records';
import { tool } from '../tool';

t.test('adapters side by side', async (t) => {
	const adapter = 'exec:python3 implementations/exec/examples/python/dax_adapter.py';
	const run = (jobs: string) => tool(['run', '-i', adapter, '-r', 'json', '--jobs', jobs]);
	const [one, three] = [await run('1'), await run('3')];
	t.equal(one.code, 0);
	t.equal(undated(three.out), undated(one.out));
});
