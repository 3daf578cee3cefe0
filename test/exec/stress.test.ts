// SPDX-License-Identifier: MIT
/** Implementations that run freely: their executions can fail a vector and never pass it. */
import { join } from 'node:path';
import t from 'tap';
import { openExec } from '../../implementations/exec';
import type { Execution, Implementation } from '../../implementations/implementation';
import { decide } from '../../runner/decide/decide';
import { failureDiagram } from '../../runner/diagram/columns';
import { pretty } from '../../runner/report/pretty';
import { packageRoot } from '../../runner/text/package-root';
import { caseOf, OPTIONS, reference } from '../cases';
import { report, written } from '../records';

/** A revision whose threads run in random order, ignoring the schedule. */
function free(name: string, change = (_: Execution): void => {}): Implementation {
	const model = reference(name);
	let seed = 1;
	const random = (below: number): number => {
		seed = (seed * 48271) % 0x7fffffff;
		return seed % below;
	};
	return {
		...model,
		explores: false,
		stress: true,
		execute: (program, schedules) =>
			schedules.map(() => {
				const schedule = Array.from({ length: 64 }, () => random(program.threads.length));
				const [execution] = structuredClone(model.execute(program, [schedule]) as Execution[]);
				for (const event of execution!.events) event.enabled = [event.agent];
				change(execution!);
				return execution!;
			}),
	};
}

const ID = 'DAXV-0001/fs_dax_get_by_bdev';

t.test('a free run that breaks a rule fails the vector', async (t) => {
	const test = await caseOf(ID);
	const result = await decide(test, free('v6.12-stable'), OPTIONS);
	t.match(result, {
		verdict: 'fail',
		reason: 'ops is null at the end, expected B',
		completeness: { kind: 'partial', executions: 1000 },
		failures: [{ expectation: 'outcomes/claimed/device/ops', schedule: null, token: null }],
	});
	t.ok(failureDiagram(result.failures[0]!).length > 10);
	t.match(written(pretty, report([result]), [test]), /holder_ops B -> NULL/);
});

t.test('a free run without a failure is not-run', async (t) => {
	const test = await caseOf(ID);
	const reason = 'free running: 1,000 executions, nothing refuted';
	t.match(await decide(test, free('merged'), OPTIONS), {
		verdict: 'not-run',
		reason,
		failures: [],
	});
	const fewer = await decide(test, free('merged'), { ...OPTIONS, budget: 70 });
	t.match(fewer, { verdict: 'not-run', reason: 'free running: 70 executions, nothing refuted' });
});

t.test('a free run whose reads and writes disagree is an error', async (t) => {
	const test = await caseOf(ID);
	const inconsistent = free('merged', ({ events }) => {
		events.find(({ object }) => object === 'holder_data')!.old = 'stranger';
	});
	t.match(await decide(test, inconsistent, OPTIONS), {
		verdict: 'error',
		reason: /saw stranger in holder_data/,
	});
});

t.test('an adapter with explores false runs freely', async (t) => {
	const test = await caseOf('DAXV-0020');
	const [good] = await reference().execute(test.program, [[]]);
	const script = join(packageRoot, 'test/exec/broken/adapter.js');
	const command = `${process.execPath} ${script} "runs freely" '${JSON.stringify(good)}'`;
	const adapter = await openExec(command)!.ready!();
	t.match(adapter, { explores: false, stress: true });
	t.match(await decide(test, adapter, OPTIONS), {
		verdict: 'not-run',
		reason: 'free running: 1,000 executions, nothing refuted',
	});
	await adapter.close!();
});
