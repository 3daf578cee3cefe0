// SPDX-License-Identifier: MIT
/**
 * Every vector on every revision and mutant: rules apply, outcomes occur, named orders can be driven, failures are drawn
 * and replayed. One file, because deciding them all is most of its time.
 */
import t from 'tap';
import type { Execution, Implementation } from '../implementations/implementation';
import { mutantNames, revisionNames } from '../implementations/reference';
import { decide } from '../runner/decide/decide';
import { fromToken } from '../runner/decide/replay-token';
import { SharedFindings } from '../runner/decide/shared-findings';
import { failureDiagram } from '../runner/diagram/columns';
import { executor } from '../runner/explore/execute';
import { drive } from '../runner/explore/orders';
import { judgeTrace, traceOf } from '../runner/judge/judge-trace';
import type { Case } from '../runner/library/compile';
import { open } from '../runner/registry';
import type { Failure, Result } from '../schema/types/report';
import { caseOf, decideOn, library, OPTIONS, reference } from './cases';

const names = [...revisionNames, ...mutantNames()];

/** Results of every case on every revision and mutant. */
const results = new Map<Case, Result[]>();

t.before(async () => {
	// shared-findings.test.ts shows that sharing changes no result.
	const shared = new SharedFindings();
	for (const test of await library()) {
		const all: Result[] = [];
		for (const name of names) all.push(await decideOn(test, name, { shared }));
		results.set(test, all);
	}
});

t.test('every case is decided exhaustively on every revision and mutant', async (t) => {
	for (const all of results.values())
		for (const { id, implementation, verdict, reason, completeness } of all) {
			if (verdict === 'skip') continue;
			if (!['pass', 'fail'].includes(verdict) || completeness.kind !== 'exhaustive')
				t.fail(`${id} on ${implementation}: ${verdict} ${completeness.kind} ${reason}`);
		}
	t.ok(results.size > 0);
});

/** Name of a revision with the calls of a case: merged, or v4 for calls that were never merged. */
function revisionWith(test: Case): string {
	const has = (name: string) =>
		test.needs.calls.every((call) => reference(name).calls.includes(call));
	return ['merged', 'v4'].find(has)!;
}

t.test('every rule of every vector applies on merged', async (t) => {
	for (const test of results.keys()) {
		const applied = new Set<string>();
		const merged = reference(revisionWith(test));
		const watched: Implementation = {
			...merged,
			execute(program, schedules) {
				const executions = merged.execute(program, schedules) as Execution[];
				for (const execution of executions)
					for (const name of judgeTrace(test, traceOf(test, execution)).applied) applied.add(name);
				return executions;
			},
		};
		await decide(test, watched, OPTIONS);
		const rules = Object.keys(test.vector.rules ?? {});
		t.strictSame(
			rules.filter((name) => !applied.has(name)),
			[],
			test.id,
		);
	}
});

/** Outcomes of open vectors that no revision or mutant has: upstream could choose them. */
const UNSEEN = [
	'DAXV-0049 refused',
	'DAXV-0057 falls-back',
	'DAXV-0072 survives',
	'DAXV-0097/dax_dev_get none',
	'DAXV-0100 free',
];

t.test('every outcome of every vector occurs on a revision or mutant', async (t) => {
	const unseen: string[] = [];
	for (const [{ id, vector }, all] of results)
		for (const outcome of Object.keys(vector.outcomes)) {
			if (all.some(({ outcomes }) => outcomes[outcome])) continue;
			unseen.push(`${id} ${outcome}`);
			t.equal(vector.status, 'open', `${id} ${outcome}: scored outcomes occur`);
		}
	t.strictSame(unseen, UNSEEN);
});

/** Executes a named order. */
function driven(test: Case, order: string, name: string): Promise<Execution> {
	const implementation = reference(name);
	const { executeOne } = executor(implementation, test.program, OPTIONS.timeout);
	return drive(test, test.vector.orders![order]!, executeOne);
}

t.test('every named order can be driven on merged and has its outcome there', async (t) => {
	let orders = 0;
	for (const test of results.keys())
		for (const [name, { outcome }] of Object.entries(test.vector.orders ?? {})) {
			orders++;
			const execution = await driven(test, name, revisionWith(test));
			const judged = judgeTrace(test, traceOf(test, execution));
			if (outcome !== undefined) t.equal(judged.outcome, outcome, `${test.id} ${name}`);
			const switches = execution.events.filter(
				({ agent }, index) => index > 0 && agent !== execution.events[index - 1]!.agent,
			);
			t.ok(switches.length > 0, `${test.id} ${name} interleaves`);
		}
	t.ok(orders > 0);
});

t.test('a named order of every race shows its failure on a revision or mutant', async (t) => {
	const shown = new Map<string, boolean>();
	for (const [test, all] of results) {
		const { id, orders, tags } = test.vector;
		if (!orders || !(tags as readonly string[]).includes('race')) continue;
		const failing = names.filter((_, index) => all[index]!.verdict === 'fail');
		t.ok(failing.length > 0, `a revision or mutant fails ${test.id}`);
		shown.set(id, shown.get(id) ?? false);
		for (const name of failing)
			for (const [order, { outcome }] of Object.entries(orders)) {
				const execution = await driven(test, order, name).catch(() => null);
				if (!execution) continue;
				const judged = judgeTrace(test, traceOf(test, execution));
				const other = outcome !== undefined && judged.outcome !== outcome;
				if (judged.violations.length > 0 || other) shown.set(id, true);
			}
	}
	t.ok(shown.size > 0);
	for (const [id, fails] of shown) t.ok(fails, id);
});

/** Every failure of a case on a revision or mutant. */
function* failures(): Iterable<Failure & { readonly test: Case; readonly name: string }> {
	for (const [test, all] of results)
		for (const [index, result] of all.entries())
			for (const failure of result.failures) yield { ...failure, test, name: names[index]! };
}

t.test('every token of every failure replays it', async (t) => {
	let tokens = 0;
	for (const { test, name, token, schedule, expectation, lanes } of failures()) {
		if (schedule === null) continue;
		if (token === null) {
			t.fail(`a failure of ${test.id} on ${name} has no token`);
			continue;
		}
		tokens++;
		const read = fromToken(token);
		const own = [...results.keys()].find(
			({ vector, fingerprint }) => vector.id === read.id && fingerprint === read.fingerprint,
		);
		const [implementation] = open(read.address ?? 'reference');
		const [execution] = await implementation!.execute(test.program, [read.schedule]);
		const failed = judgeTrace(test, traceOf(test, execution!)).violations.some(
			(violation) => violation.expectation.join('/') === expectation,
		);
		if (own?.id !== test.id || !failed || !lanes)
			t.fail(`${token} of ${test.id} on ${name}: ${expectation}`);
	}
	t.ok(tokens > 500, `${tokens} tokens`);
});

t.test('every failure fits into 100 columns of ASCII', async (t) => {
	let diagrams = 0;
	for (const { test, name, ...failure } of failures()) {
		const lines = failureDiagram(failure);
		const bad = lines.find((line) => !/^[ -~]{0,100}$/.test(line) || line.endsWith(' '));
		if (bad !== undefined) t.fail(`${test.id} on ${name}: ${bad}`);
		if (failure.preemptions !== null) diagrams++;
	}
	t.ok(diagrams > 500, `${diagrams} diagrams`);
});

t.test('a diagram links every read to the last write before it', async (t) => {
	let reads = 0;
	for (const { test, name, lanes, expectation } of failures()) {
		if (expectation.endsWith('/must')) continue;
		for (const [index, step] of lanes!.steps.entries()) {
			if (step.saw === undefined) continue;
			reads++;
			const of = ({ op, object, old, new: value }: typeof step) =>
				object === step.object && (op === 'write' || (op === 'rmw' && old !== value));
			const last = lanes!.steps.slice(0, index).findLastIndex(of);
			if (step.saw !== (last < 0 ? null : last))
				t.fail(`${test.id} on ${name}: step ${index} saw ${step.saw}, not ${last}`);
		}
	}
	t.ok(reads > 500, `${reads} reads`);
});

t.test('v3 and v6.12-stable each have one of the two bugs that the series fixed', async (t) => {
	const race = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	const late = await caseOf('DAXV-0020');
	t.match(await decideOn(race, 'v3'), { verdict: 'pass' });
	t.match(await decideOn(late, 'v3'), {
		verdict: 'fail',
		failures: [
			{ expectation: 'warnings/fs_put_dax', message: '1 WARN in fs_put_dax(), expected 0' },
		],
	});
	t.match(await decideOn(race, 'v6.12-stable'), {
		verdict: 'fail',
		failures: [{ expectation: 'outcomes/claimed/device/ops' }],
	});
	t.match(await decideOn(late, 'v6.12-stable'), { verdict: 'pass' });
	for (const test of [race, late]) t.match(await decideOn(test, 'merged'), { verdict: 'pass' });
});
