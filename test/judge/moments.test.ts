// SPDX-License-Identifier: MIT
import t from 'tap';
import { judge } from '../../runner/judge/judge';
import { decideOn, reference, small } from '../cases';

const CLAIM = `
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
threads:
  release: [{call: fs_put_dax, holder: A}]
  claim: [{call: fs_dax_get, holder: B, ops: B, as: got}]
outcomes: {any: {device: {alive: true}}}
`;
const FAILURE = `
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  failure: [{call: dax_holder_notify_failure, as: rc}]
  removal: [{call: kill_dax}]
outcomes: {any: {results: {rc: [ok, -ENXIO, -EOPNOTSUPP]}}}
`;
const SEQUENCE = `
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  calls: [{call: kill_dax, as: killed}, {call: run_dax, as: revived}]
outcomes: {any: {device: {holder: null}}}
`;

/** The failures of a body with a rule added, each with its expectation. */
async function failing(body: string, rule: string, name = 'merged'): Promise<string[]> {
	const { verdict, reason, failures } = await decideOn(small(`${body}rules: {r: ${rule}}\n`), name);
	if (verdict !== (failures.length > 0 ? 'fail' : 'pass')) return [`${verdict}: ${reason}`];
	return failures.map(({ expectation, message }) => `${expectation}: ${message}`);
}

t.test('after compares the device when a call or thread returns', async (t) => {
	for (const point of ['claim', 'got']) {
		const rule = `{when: {results: {got: ok}}, after: {${point}: {holder: B, ops: B}}}`;
		t.strictSame(await failing(CLAIM, rule), [], point);
		const lost = [`rules/r/after/${point}/ops: ops is null when ${point} returned, expected B`];
		t.strictSame(await failing(CLAIM, rule, 'v7.1'), lost, `${point}, cleared by a late release`);
		t.strictSame(await failing(CLAIM, rule, 'get-forgotten-ops'), lost, `${point}, never stored`);
	}
	t.strictSame(
		await failing(SEQUENCE, '{after: {killed: {alive: false}, revived: {alive: true}}}'),
		[],
	);
	t.strictSame(await failing(SEQUENCE, '{after: {killed: {alive: true}}}'), [
		'rules/r/after/killed/alive: alive is false when killed returned, expected true',
	]);
	t.strictSame(await failing(SEQUENCE, '{after: {calls: {alive: false}}}'), [
		'rules/r/after/calls/alive: alive is true when calls returned, expected false',
	]);
	t.strictSame(
		await failing(SEQUENCE, '{after: {killed: {holder: [A, null], ops: [A, null]}}}'),
		[],
	);
});

t.test('throughout compares the device at every moment of a window', async (t) => {
	const until = '{when: {results: {got: ok}}, throughout: {from: claim, device: {ops: B}}}';
	t.strictSame(await failing(CLAIM, until), []);
	const lost = ['rules/r/throughout/device/ops: ops is null after claim, expected B'];
	t.strictSame(await failing(CLAIM, until, 'v7.1'), lost, 'to the end');

	const window = (device: string, end = ', until: revived') =>
		`{throughout: {from: killed${end}, device: ${device}}}`;
	t.strictSame(await failing(SEQUENCE, window('{alive: false}')), [], 'while it is open');
	t.strictSame(await failing(SEQUENCE, window('{alive: true}')), [
		'rules/r/throughout/device/alive: alive is false after killed, expected true',
	]);
	t.strictSame(await failing(SEQUENCE, window('{alive: false}', '')), [
		'rules/r/throughout/device/alive: alive is true after killed, expected false',
	]);
	const closed = '{throughout: {from: revived, until: killed, device: {alive: false}}}';
	t.strictSame(await failing(SEQUENCE, closed), [], 'a window that never opens is not compared');
	const race = '{throughout: {from: release, until: claim, device: {holder: null, ops: null}}}';
	t.strictSame(await failing(CLAIM, race), []);
	const kept = 'rules/r/throughout/device/holder: holder is A after release, expected null';
	t.strictSame(await failing(CLAIM, race, 'put-keeps-holder'), [kept]);
});

t.test('quiet allows no callback after a moment', async (t) => {
	const rule = '{quiet: {after: removal, holder: A}}';
	t.strictSame(await failing(FAILURE, rule), []);
	t.strictSame(await failing(FAILURE, rule, 'kill-missing-synchronize'), [
		"rules/r/quiet: A's callback still ran after removal had returned",
	]);
	t.strictSame(await failing(FAILURE, rule, 'kill-refuses-holder'), [
		"rules/r/quiet: A's callback began after removal had returned",
	]);
	const other = '{quiet: {after: failure, holder: A}}';
	t.strictSame(await failing(FAILURE, other), [
		"rules/r/quiet: A's callback began after failure had returned",
	]);
	const nobody = FAILURE.replace('{A: {}}', '{A: {}, B: {}}');
	t.strictSame(await failing(nobody, '{quiet: {after: failure, holder: B}}'), []);
});

t.test('when restricts a rule to executions in which its condition holds', async (t) => {
	const impossible = (when: string) => `{when: ${when}, device: {alive: false}}`;
	const fails = ['rules/r/device/alive: alive is true at the end, expected false'];
	t.strictSame(await failing(SEQUENCE, impossible('{before: [killed, revived]}')), fails);
	t.strictSame(await failing(SEQUENCE, impossible('{before: [revived, killed]}')), []);
	t.strictSame(await failing(CLAIM, impossible('{results: {got: ok}}')), fails);
	t.strictSame(await failing(CLAIM, impossible('{results: {got: -ENODEV}}')), []);
	t.strictSame(await failing(CLAIM, impossible('{results: {got: [ok, -ENODEV]}}')), fails);
	const both = (result: string) => `{before: [release, claim], results: {got: ${result}}}`;
	t.strictSame(await failing(CLAIM, impossible(both('ok'))), fails);
	t.strictSame(await failing(CLAIM, impossible(both('-EBUSY'))), [], 'a claim after a release');
	const overlapping = '{when: {before: [removal, failure]}, results: {rc: -ENXIO}}';
	t.strictSame(
		await failing(FAILURE, overlapping),
		[],
		'overlapping calls do not meet the condition',
	);
});

t.test('names the rules that applied', async (t) => {
	const applied = async (rule: string) => {
		const test = small(`${SEQUENCE}rules: {r: ${rule}}\n`);
		const [execution] = await reference().execute(test.program, [[]]);
		return judge(test, execution!, []).applied;
	};
	const window = (from: string, until: string) =>
		`{throughout: {from: ${from}, until: ${until}, device: {alive: false}}}`;
	t.strictSame(await applied(window('killed', 'revived')), ['r']);
	t.strictSame(await applied(window('revived', 'killed')), [], 'a window that never opens');
	t.strictSame(await applied('{device: {alive: true}}'), ['r'], 'without a condition');
	t.strictSame(await applied('{when: {before: [revived, killed]}, device: {alive: true}}'), []);
	t.strictSame(await applied('{when: {results: {killed: not-called}}, device: {alive: true}}'), []);
});

t.test('a rule compares ends', async (t) => {
	const rule = '{when: {results: {got: -EBUSY}}, device: {holder: [A, null], refs: -1}}';
	t.strictSame(await failing(CLAIM, rule), []);
	t.strictSame(await failing(CLAIM, rule, 'get-forgotten-iput'), [
		'rules/r/device/refs: refs is 0 at the end, expected -1',
	]);
	t.strictSame(await failing(FAILURE, '{callbacks: {A: [1, 2]}}'), []);
	t.strictSame(await failing(FAILURE, '{callbacks: {A: 2}}'), [
		'rules/r/callbacks/A: A was told 1 times, expected 2',
	]);
	t.strictSame(await failing(SEQUENCE, '{warnings: {fs_put_dax: 1}}'), [
		'rules/r/warnings/fs_put_dax: 0 WARN in fs_put_dax(), expected 1',
	]);
	t.strictSame(await failing(SEQUENCE, '{results: {killed: ok}, warnings: none}'), []);
});
