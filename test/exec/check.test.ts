// SPDX-License-Identifier: MIT
/** Each check of `adapter check` fails for its defect, and for no other. */
import { join } from 'node:path';
import t from 'tap';
import { checks } from '../../runner/adapter/checks';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';
import { toolHere } from '../tool';

const PYTHON = needs('python3');

const examples = join(packageRoot, 'implementations/exec/examples');
const good = `python3 ${join(examples, 'python/dax_adapter.py')}`;
const wrapper = `${process.execPath} ${join(packageRoot, 'test/exec/broken/wrapper.js')}`;

/** The check that fails for each defect of broken/wrapper.js, and its reason. */
const expected: [defect: string, check: string, why: RegExp][] = [
	['speaks another protocol', 'it says hello', /the adapter speaks protocol 2, not 1/],
	['cannot make a call', 'every call that it lists can be made', /the adapter answers "skipped"/],
	[
		'mixes up a batch',
		'a batch of schedules gives as many executions, in order',
		/the schedule says/,
	],
	[
		'keeps state between executions',
		'an execution starts from the initial device, and is the same each time',
		/an empty schedule and its own choices differ/,
	],
	[
		'reports an ended agent as waiting',
		'a choice that cannot be taken is reported in diverged',
		/an agent that ended went on/,
	],
	[
		'reports a waiting agent as ended',
		'an agent that waits has no event and is not enabled',
		/kill_dax\(\) does not wait for a reader/,
	],
	[
		'counts references that setup took',
		'setup runs before the threads and leaves no events',
		/refs is not relative to when the threads started/,
	],
	[
		'releases the device instead of NULL',
		'the device of a call can be NULL, or what an earlier call returned',
		/a release of NULL releases the device/,
	],
	[
		'takes the second device for the first',
		'a program can have a second device, whose calls and callbacks are about it',
		/a call on the second device changes the first one/,
	],
	[
		'omits the device of a callback',
		'a program can have a second device, whose calls and callbacks are about it',
		/a callback about the second device does not say so/,
	],
	[
		'omits the second device',
		'a program can have a second device, whose calls and callbacks are about it',
		/it has no log, the second device of the program/,
	],
	[
		'omits the offset of a device',
		'the offset that a lookup stores is reported where the call asks for it',
		/the result has no start_off/,
	],
	[
		'omits the range of a failure',
		'a callback is reported with its arguments, calls and result',
		/the callback has other arguments than the call/,
	],
	['hides faults', 'an error of the code is a fault of the execution', /made 0 of its 1 calls/],
	[
		'ignores unknown parts of a program',
		'a program with something unknown is skipped',
		/a program with something unknown is answered "results"/,
	],
	[
		'shortens seq',
		'seq comes back unchanged, and answers come in the order of the requests',
		/the adapter answers "x{32}" where "x{64}" is due/,
	],
	[
		'ignores invalid requests',
		'an invalid request is answered with errored, or ends the adapter',
		/not JSON: no answer within \d+ ms/,
	],
	[
		'exits with an error',
		'the adapter exits with code 0 when stdin ends',
		/the adapter exited with 3/,
	],
	[
		'names another target',
		'every vector can be decided',
		/DAXV-\d+.*: .* on reference:v6\.12-stable/,
	],
];

t.test('the defects below cover every check', async (t) => {
	const all = ['it says hello', ...checks.map(({ name }) => name), 'every vector can be decided'];
	t.same([...new Set(expected.map(([, check]) => check))], all);
});

for (const [defect, check, why] of expected)
	t.test(`an adapter that ${defect} fails one check`, PYTHON, async (t) => {
		const { code, out } = await toolHere(['adapter', 'check', `${wrapper} "${defect}" ${good}`]);
		t.equal(code, 1);
		const failing = [...out.matchAll(/^FAIL (.*)\n {5}(.*)$/gm)];
		t.same(
			failing.map(([, name]) => name),
			[check],
			out,
		);
		t.match(failing[0]?.[2], why);
	});

t.test('an adapter without a defect passes every check', PYTHON, async (t) => {
	const { code, out } = await toolHere(['adapter', 'check', `${wrapper} none ${good}`]);
	t.equal(code, 0, out);
	t.notMatch(out, /FAIL|not checked/);
});

t.test('the last example of the guide passes every check', needs('perl'), async (t) => {
	const command = `perl ${join(examples, 'minimal/adapter.pl')}`;
	const { code, out } = await toolHere(['adapter', 'check', command]);
	t.equal(code, 0, out);
	t.notMatch(out, /FAIL/);
	t.match(out, /ok {3}it says hello \(Perl example 1: 1 calls, 1 fields\)/);
});
