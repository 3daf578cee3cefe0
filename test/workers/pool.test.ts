// SPDX-License-Identifier: MIT
/** What a worker can do wrong, and what is said of the case that it was at. */
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { Pool } from '../../runner/workers/pool';
import { caseOf, decideOn, library, OPTIONS, reference } from '../cases';

const fake = (name: string): string => join(packageRoot, 'test/workers/fake', `${name}.js`);
const { order, strategy, preemptions, budget } = OPTIONS;
const options = { order, strategy, preemptions, budget, timeout: 500 };

// What this process needs to read TypeScript takes its workers seconds; the fakes are JavaScript.
const { execArgv } = process;
process.execArgv = [];

async function decided(worker: string) {
	const pool = new Pool(options, 1, fake(worker), 500, 1_000);
	let starts = 0;
	const result = await pool.decide(await caseOf('DAXV-0020'), reference(), () => starts++);
	await pool.close();
	return { ...result, starts };
}

t.test('a worker that never comes back', async (t) => {
	t.match(await decided('stuck'), { verdict: 'timeout', reason: /no answer in time/, starts: 1 });
});

t.test('a case that kills one worker after the other', async (t) => {
	t.match(await decided('dies'), {
		verdict: 'crash',
		reason: 'its worker died of SIGSEGV, 5 times',
		starts: 5,
	});
});

t.test('a case that has one worker after the other killed', async (t) => {
	t.match(await decided('killed'), {
		verdict: 'crash',
		reason: 'its worker died of SIGKILL, 20 times',
		starts: 20,
	});
});

t.test('a worker that cannot begin', async (t) => {
	t.match(await decided('unborn'), {
		verdict: 'error',
		reason: 'its worker exited with 1 before it began',
		starts: 0,
	});
});

t.test('workers that are killed before they begin', async (t) => {
	t.match(await decided('stillborn'), {
		verdict: 'error',
		reason: 'its worker died of SIGKILL before it began',
		starts: 0,
	});
});

t.test('a case that takes all the memory', { timeout: 120_000 }, async (t) => {
	const pool = new Pool({ ...options, timeout: 60_000 }, 1, fake('hungry'));
	const result = await pool.decide(await caseOf('DAXV-0020'), reference(), () => {});
	await pool.close();
	t.match(result, { verdict: 'crash', reason: /its worker died of SIGABRT, 5 times/ });
});

t.test('workers say what this process says', async (t) => {
	process.execArgv = execArgv;
	const pool = new Pool({ ...options, timeout: 60_000 }, 2);
	const cases = (await library()).slice(0, 12);
	const results = await Promise.all(
		cases.map((test) => pool.decide(test, reference('v3'), () => {})),
	);
	await pool.close();
	for (const [index, test] of cases.entries()) {
		const expected = await decideOn(test, 'v3');
		t.same({ ...results[index], milliseconds: 0 }, { ...expected, milliseconds: 0 }, test.id);
	}
});
