// SPDX-License-Identifier: MIT
/** Each check of `adapter check` is red for the defect that it is there for, and for no other. */
import { join } from 'node:path';
import t from 'tap';
import { checks } from '../../runner/adapter/checks';
import { packageRoot } from '../../runner/text/package-root';
import { tool } from '../tool';

const examples = join(packageRoot, 'implementations/exec/examples');
const good = `python3 ${join(examples, 'python/dax_adapter.py')}`;
const wrapper = `${process.execPath} ${join(packageRoot, 'test/exec/broken/wrapper.js')}`;

/** What is red for each defect of broken/wrapper.js, and why. */
const expected: [defect: string, check: string, why: RegExp][] = [
	['speaks another protocol', 'it says hello', /the adapter speaks protocol 2, not 1/],
	['cannot make a call', 'every call that it lists can be made', /it answers "skipped"/],
	[
		'mixes up a batch',
		'a batch of schedules gives as many executions, in order',
		/the schedule says/,
	],
	[
		'leaves something behind',
		'every execution starts from the beginning, and is the same each time',
		/an empty schedule and its own choices differ/,
	],
	[
		'says that the ended wait',
		'a choice that cannot be taken is said to have diverged',
		/an agent that ended went on/,
	],
	[
		'says that who waits has ended',
		'a wait is no event: who waits is not enabled',
		/kill_dax\(\) does not wait for a reader/,
	],
	[
		'counts what setup took',
		'setup happens before the threads, outside the events',
		/refs is not relative to when the threads started/,
	],
	[
		'forgets the range of a failure',
		'callbacks are made, with their calls and their result',
		/it has other arguments/,
	],
	['hides faults', 'what the code does wrong is a fault of the execution', /made 0 of its 1 calls/],
	[
		'overlooks what it does not know',
		'what it does not know is skipped',
		/a program with something unknown is answered "results"/,
	],
	[
		'shortens seq',
		'seq comes back as it was, and answers in the order of the requests',
		/the adapter answers "x{32}" where "x{64}" is due/,
	],
	[
		'drops what is no request',
		'a line that is no request is answered with errored, or ends it',
		/not JSON: no answer within \d+ ms/,
	],
	['exits with an error', 'it ends with exit code 0 when its stdin is closed', /it exited with 3/],
	['is something else', 'every vector can be decided', /DAXV-\d+.*: .* on reference:v6\.12-stable/],
];

t.test('there is a defect for each check', async (t) => {
	const all = ['it says hello', ...checks.map(({ name }) => name), 'every vector can be decided'];
	t.same(
		expected.map(([, check]) => check),
		all,
	);
});

for (const [defect, check, why] of expected)
	t.test(`an adapter that ${defect}`, async (t) => {
		const { code, out } = await tool(['adapter', 'check', `${wrapper} "${defect}" ${good}`]);
		t.equal(code, 1);
		const red = [...out.matchAll(/^FAIL (.*)\n {5}(.*)$/gm)];
		t.same(
			red.map(([, name]) => name),
			[check],
			out,
		);
		t.match(red[0]?.[2], why);
	});

t.test('without a defect all is well', async (t) => {
	const { code, out } = await tool(['adapter', 'check', `${wrapper} none ${good}`]);
	t.equal(code, 0, out);
	t.notMatch(out, /FAIL|not checked/);
});

t.test('the example that the guide ends with', async (t) => {
	const command = `perl ${join(examples, 'minimal/adapter.pl')}`;
	const { code, out } = await tool(['adapter', 'check', command]);
	t.equal(code, 0, out);
	t.notMatch(out, /FAIL/);
	t.match(out, /ok {3}it says hello \(Perl example 1: 1 calls, 1 fields\)/);
});
