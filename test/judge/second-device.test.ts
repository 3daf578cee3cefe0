// SPDX-License-Identifier: MIT
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { assertFollows } from '../../runner/explore/contract';
import { choicesOf } from '../../runner/explore/schedule';
import { judge } from '../../runner/judge/judge';
import { decideOn, reference, small } from '../cases';

const PAIR = `
holders: {A: {}, B: {}}
device: {alive: true, holder: A, ops: A}
log: {alive: true, holder: B, ops: B}
threads:
  removal: [{call: kill_dax, device: log, as: kill}]
  failure: [{call: dax_holder_notify_failure, as: told}]
`;
const ANY = 'outcomes: {any: {results: {told: ok}}}\n';

/** The failures of a body, each with its expectation. */
async function failing(body: string, name = 'merged'): Promise<string[]> {
	const { verdict, reason, failures } = await decideOn(small(body), name);
	if (verdict !== (failures.length > 0 ? 'fail' : 'pass')) return [`${verdict}: ${reason}`];
	return failures.map(({ expectation, message }) => `${expectation}: ${message}`);
}

t.test('compares the final state of both devices', async (t) => {
	const outcome = (log: string) =>
		`${PAIR}outcomes: {o: {device: {holder: A, alive: true}, log: ${log}}}\n`;
	t.strictSame(await failing(outcome('{holder: null, ops: null, alive: false, refs: 0}')), []);
	t.strictSame(await failing(outcome('{holder: B}')), [
		'outcomes/o/log/holder: log.holder is null at the end, expected B',
	]);
	t.strictSame(await failing(outcome('{holder: null}'), 'kill-keeps-holder'), [
		'outcomes/o/log/holder: log.holder is B at the end, expected null',
	]);
});

t.test('compares both devices at moments', async (t) => {
	const rule = (text: string) => `${PAIR}${ANY}rules: {r: ${text}}\n`;
	t.strictSame(await failing(rule('{after: {kill: {alive: true, log: {alive: false}}}}')), []);
	t.strictSame(await failing(rule('{after: {kill: {log: {alive: true}}}}')), [
		'rules/r/after/kill/log/alive: log.alive is false when kill returned, expected true',
	]);
	const stays = '{throughout: {from: told, device: {holder: A, log: {holder: [B, null]}}}}';
	t.strictSame(await failing(rule(stays)), []);
	t.strictSame(await failing(rule('{throughout: {from: told, device: {log: {holder: B}}}}')), [
		'rules/r/throughout/device/log/holder: log.holder is null after told, expected B',
	]);
});

t.test('compares the device of callbacks', async (t) => {
	const outcome = (text: string) => `${PAIR}outcomes: {o: {callbacks: ${text}}}\n`;
	t.strictSame(await failing(outcome('{B: {times: 1, device: log}, A: 1}')), []);
	t.strictSame(await failing(outcome('{A: {times: 1, device: log}}')), [
		'outcomes/o/callbacks/A/device: A was told with device the first, expected log',
	]);
});

t.test('a callback about another device than its call fails a vector', async (t) => {
	const test = small(`${PAIR}${ANY}`);
	const [execution] = (await reference().execute(test.program, [[]])) as [Execution];
	const judged = (device?: 'log' | 'unknown') => {
		const callbacks = execution.callbacks.map(({ device: _, ...rest }) => ({
			...rest,
			...(device && { device }),
		}));
		return judge(test, { ...execution, callbacks }, []).violations.map(
			({ expectation, message }) => `${expectation.join('/')}: ${message}`,
		);
	};
	t.strictSame(judge(test, execution, []).violations, [], 'as it is');
	t.strictSame(judged(), [
		'outcomes/callbacks/device: B was told about the device, by a call about the log',
	]);
	t.strictSame(judged('log'), [
		'outcomes/callbacks/device: A was told about the log, by a call about the device',
	]);
	t.strictSame(judged('unknown'), [
		'outcomes/callbacks/device: B was told about an unknown device, by a call about the log',
	]);
});

t.test('the values of both devices must follow from their events', async (t) => {
	const { program } = small(`${PAIR}${ANY}`);
	const [execution] = (await reference().execute(program, [[]])) as [Execution];
	const follows = (changed: Partial<Execution>) => () =>
		assertFollows(program, choicesOf(execution), { ...execution, ...changed });
	t.doesNotThrow(follows({}));
	t.throws(follows({ log: undefined }), /it has no log/);
	const log = { alive: true, holder: null, ops: null, refs: 0 };
	t.throws(follows({ log }), /log.alive ended as true, but its last event left false/);
});
