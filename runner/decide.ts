// SPDX-License-Identifier: MIT
/** Decides a case on an implementation: explores it, judges what is seen, and says how complete the answer is. */
import { inspect } from 'node:util';
import type { Implementation } from '../implementations/implementation';
import type { Completeness, Failure, Result, Verdict } from '../schema/types/report';
import { ContractError, NotRealisedError } from './explore/contract';
import { Dependence } from './explore/dependence';
import { type Execute, executor, TimeoutError } from './explore/execute';
import { type Options as ExploreOptions, explore } from './explore/explore';
import { fewestPreemptions, type Linearisation } from './explore/linearise';
import { drive } from './explore/orders';
import { shortest } from './explore/schedule';
import { Trace } from './explore/trace';
import { judge } from './judge/judge';
import type { Violation } from './judge/violation';
import { diagram } from './report/diagram';
import { toToken } from './token';
import type { Case } from './vector/compile';
import { printable } from './vector/errors';

export interface Options extends ExploreOptions {
	/** any: every interleaving. named: only the orders that the vector names. */
	readonly order: 'any' | 'named';
}

/** What fails an expectation: in how many traces, and the shortest story of one of them. */
interface Found {
	readonly violation: Violation;
	traces: number;
	best: Linearisation | null;
}

const NOTHING: Completeness = { kind: 'none', traces: 0, executions: 0, preemptions: null };

/** Never throws: what an implementation does wrong is a verdict. */
export async function decide(
	test: Case,
	implementation: Implementation,
	options: Options,
): Promise<Result> {
	const started = performance.now();
	const outcomes: Record<string, number> = {};
	const found = new Map<string, Found>();
	let completeness = NOTHING;
	let failures: Failure[] = [];
	let verdict: Verdict;
	let reason: string;
	try {
		const obstacle = notApplicable(test, implementation, options);
		if (obstacle) [verdict, reason] = obstacle;
		else {
			const visit = (trace: Trace) => {
				const { outcome, violations } = judge(test, trace.execution);
				if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
				for (const violation of violations) note(found, violation, trace);
			};
			completeness =
				options.order === 'any'
					? await explore(implementation, test.program, dependenceOf(test), options, visit)
					: await driveAll(test, implementation, options, visit);
			failures = await explain(test, implementation, options, found);
			[verdict, reason] = conclude(test, completeness, outcomes, failures);
		}
	} catch (error) {
		[verdict, reason] = failed(error);
	}
	return {
		record: 'result',
		implementation: implementation.address,
		id: test.id,
		vector: test.vector.id,
		title: test.vector.title,
		status: test.vector.status as 'normative' | 'open',
		scored: test.vector.status === 'normative',
		verdict,
		reason,
		completeness,
		outcomes,
		failures,
		milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
	};
}

const dependenceOf = (test: Case): Dependence => new Dependence(test.observations);

function notApplicable(
	{ needs, vector }: Case,
	{ calls, fields, explores }: Implementation,
	{ order }: Options,
): [Verdict, string] | null {
	const call = needs.calls.find((name) => !calls.includes(name));
	if (call) return ['skip', `no ${call}()`];
	const field = needs.fields.find((name) => !fields.includes(name));
	if (field) return ['not-run', `accesses of ${field} cannot be seen here`];
	if (order === 'any' && !explores)
		return ['not-run', 'it cannot follow every schedule: try --order named'];
	if (order === 'named' && !vector.orders) return ['skip', 'no named order'];
	return null;
}

async function driveAll(
	test: Case,
	implementation: Implementation,
	options: Options,
	visit: (trace: Trace) => void,
): Promise<Completeness> {
	let executions = 0;
	const plain = executor(implementation, test.program, options.timeout);
	const execute: Execute = (schedules) => {
		executions += schedules.length;
		return plain(schedules);
	};
	const orders = Object.entries(test.vector.orders!);
	for (const [name, order] of orders) {
		const execution = await drive(test, order, execute).catch((error) => {
			throw error instanceof NotRealisedError
				? new NotRealisedError(`order ${name}: ${error.message}`)
				: error;
		});
		visit(new Trace(execution, dependenceOf(test)));
	}
	return { kind: 'driven', traces: orders.length, executions, preemptions: null };
}

function note(found: Map<string, Found>, violation: Violation, trace: Trace): void {
	const key = violation.expectation.join('/');
	let known = found.get(key);
	if (!known) {
		known = { violation, traces: 0, best: null };
		found.set(key, known);
	}
	known.traces++;
	const shorter = fewestPreemptions(trace, known.best?.preemptions);
	if (shorter) {
		known.best = shorter;
	} else if (known.best !== null && trace.events.length < known.best.schedule.length) {
		const equal = fewestPreemptions(trace, known.best.preemptions + 1);
		if (equal) known.best = equal;
	}
}

/** Executes the shortest story of each failure, which must fail the same expectation. */
async function explain(
	test: Case,
	implementation: Implementation,
	options: Options,
	found: ReadonlyMap<string, Found>,
): Promise<Failure[]> {
	const execute = executor(implementation, test.program, options.timeout);
	const failures: Failure[] = [];
	for (const [expectation, { violation, traces, best }] of found) {
		const [execution] = await execute([best!.schedule]);
		const shown = judge(test, execution!).violations.find(
			(each) => each.expectation.join('/') === expectation,
		);
		if (!shown)
			throw new ContractError(
				`two linearisations of one trace differ in ${expectation}: the implementation depends on more than its events say`,
			);
		const schedule = shortest(execution!);
		failures.push({
			expectation,
			message: shown.message,
			file: test.source.file,
			line: test.source.line(violation.expectation).line,
			traces,
			preemptions: best!.preemptions,
			schedule,
			token: toToken(test, schedule, implementation.address),
			diagram: diagram(test.program, execution!),
		});
	}
	return failures;
}

function conclude(
	{ vector, source }: Case,
	completeness: Completeness,
	outcomes: Readonly<Record<string, number>>,
	failures: Failure[],
): [Verdict, string] {
	const exhaustive = completeness.kind === 'exhaustive';
	const missing = Object.entries(vector.outcomes!)
		.filter(([name, { must }]) => must === 'occur' && !outcomes[name])
		.map(([name]) => name);
	if (exhaustive && failures.length === 0)
		for (const name of missing) {
			const path = ['outcomes', name, 'must'];
			failures.push({
				expectation: path.join('/'),
				message: `no interleaving has the outcome ${name}`,
				file: source.file,
				line: source.line(path).line,
				traces: completeness.traces,
				preemptions: null,
				schedule: null,
				token: null,
				diagram: [],
			});
		}
	const [first] = failures;
	if (first) return ['fail', first.message];
	if (completeness.kind === 'partial')
		return ['not-run', `stopped after ${completeness.executions} executions: raise --budget`];
	if (completeness.kind === 'bounded' && missing.length > 0)
		return ['not-run', `outcome ${missing[0]} did not occur: raise --preemptions`];
	return ['pass', ''];
}

function failed(error: unknown): [Verdict, string] {
	const message = printable(
		error instanceof Error ? String(error.message) : inspect(error, { breakLength: Infinity }),
	);
	if (error instanceof NotRealisedError) return ['not-run', message];
	if (error instanceof TimeoutError) return ['timeout', message];
	if (error instanceof ContractError) return ['error', message];
	return ['crash', `the implementation threw: ${message}`];
}
