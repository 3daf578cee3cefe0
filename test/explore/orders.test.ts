// SPDX-License-Identifier: MIT
/** Named orders: the runner realises every stop, or reports the step that it could not realise. */
import t from 'tap';
import { openReference } from '../../implementations/reference';
import { decide } from '../../runner/decide/decide';
import { failureDiagram } from '../../runner/diagram/columns';
import { compile } from '../../runner/library/compile';
import { parseVector } from '../../runner/library/load';

const OPTIONS = {
	order: 'named',
	preemptions: null,
	budget: 1000,
	timeout: 10_000,
} as const;

const head = `format: 1
id: DAXV-9999
title: An order that a test drives through the reference
status: open
tags: [race]
bug:
  class: lost-update
  effect: nothing, it is a test
  evidence: reported
  links: [{role: discussion, message-id: nobody@example.org}]
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  failure: [{call: dax_holder_notify_failure, as: rc}]
  removal: [{call: kill_dax, as: gone}]
outcomes:
  delivered: {results: {rc: ok}}
  dead: {results: {rc: -ENXIO}}
`;

async function drive(steps: string, outcome?: string) {
	const order = `orders:\n  driven:\n    steps: ${steps}\n${outcome ? `    outcome: ${outcome}\n` : ''}`;
	const [test] = compile(parseVector('DAXV-9999.yaml', Buffer.from(head + order)));
	return decide(test!, openReference()!, OPTIONS);
}

t.test('drives a removal into the wait for a reader', async (t) => {
	const result = await drive(
		'[{run: failure, until: {after: flags}}, {run: removal, until: {blocked: true}}, {run: failure}, {run: removal}]',
		'delivered',
	);
	t.match(result, { verdict: 'pass', outcomes: { delivered: 1 } });
	t.equal(result.completeness.kind, 'driven');
});

t.test('stops before and after the nth access, by kind, and at a return', async (t) => {
	const nth = await drive(
		'[{run: removal, until: {after: dax_srcu, how: srcu-unlock}}, {run: failure}, {run: removal}]',
		'delivered',
	);
	t.equal(nth.verdict, 'pass');
	const second = await drive(
		'[{run: removal, until: {after: flags, nth: 2}}, {run: failure}, {run: removal, until: {returned: gone}}]',
		'dead',
	);
	t.equal(second.verdict, 'pass', second.reason);
	const before = await drive(
		'[{run: removal, until: {before: flags, nth: 2}}, {run: failure}]',
		'delivered',
	);
	t.equal(before.verdict, 'pass', before.reason);
});

t.test('fails an order with another outcome than it names', async (t) => {
	const result = await drive('[{run: removal}, {run: failure}]', 'delivered');
	t.equal(result.verdict, 'fail');
	t.match(result.failures[0], {
		expectation: 'orders/driven/outcome',
		message: 'order driven ends as dead, expected delivered',
		file: 'DAXV-9999.yaml',
		line: 22,
	});
	t.ok(failureDiagram(result.failures[0]!).length > 5);
});

t.test('is not-run where a step cannot be realised, and names the step', async (t) => {
	const cases: [string, RegExp][] = [
		[
			'[{run: failure, until: {after: flags}}, {run: removal}]',
			/order driven: step 2 \(run removal\) not realised: stop missed, removal is blocked; stops: failure hit, removal blocked$/,
		],
		['[{run: failure}, {run: failure}]', /step 2 \(run failure\) not realised: failure has ended/],
		[
			'[{run: failure, until: {after: holder_ops, nth: 5}}]',
			/step 1 \(run failure\) not realised: stop missed, failure has ended/,
		],
		[
			'[{run: removal, until: {blocked: true}}]',
			/step 1 \(run removal\) not realised: stop missed/,
		],
		[
			'[{run: failure, until: {after: flags}}, {run: removal, until: {blocked: true}}, {run: removal}]',
			/step 3 \(run removal\) not realised: removal is blocked/,
		],
	];
	for (const [steps, reason] of cases) {
		const result = await drive(steps);
		t.equal(result.verdict, 'not-run', steps);
		t.match(result.reason, reason);
	}
});
