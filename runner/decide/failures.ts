// SPDX-License-Identifier: MIT
/** Collects failures while a case is explored, each with its shortest interleaving. */
import type { Execution, Implementation } from '../../implementations/implementation';
import type { Failure } from '../../schema/types/report';
import { lanes } from '../diagram/lanes';
import { ContractError } from '../explore/contract';
import type { ExecuteOne } from '../explore/execute';
import { fewestPreemptions, type Linearisation } from '../explore/linearise';
import { shortest } from '../explore/schedule';
import type { Trace } from '../explore/trace';
import { judgeTrace, traceOf } from '../judge/judge-trace';
import type { Violation } from '../judge/violation';
import type { Case } from '../library/compile';
import { toToken } from './replay-token';

/** Violation of an expectation in some traces. */
interface Found {
	readonly violation: Violation;
	traces: number;
	/** The linearisation with the fewest preemptions, then the fewest events. */
	best: Linearisation | null;
}

export class Failures {
	/** Never true: a later trace may have a shorter witness. */
	readonly settled = false;
	/** By expectation. */
	private readonly found = new Map<string, Found>();
	/** Failures of driven and free-running executions, shown as executed rather than as their shortest linearisation. */
	private readonly fixed: Failure[] = [];

	constructor(
		private readonly test: Case,
		private readonly implementation: Implementation,
	) {}

	/** Adds a violation in a trace. */
	add(violation: Violation, trace: Trace): void {
		const key = violation.expectation.join('/');
		const known = this.found.get(key) ?? { violation, traces: 0, best: null };
		this.found.set(key, known);
		known.traces++;
		const { best } = known;
		const { together } = violation;
		const shorter = fewestPreemptions(trace, best?.preemptions, together);
		if (shorter) known.best = shorter;
		else if (best && trace.events.length < best.schedule.length)
			known.best = fewestPreemptions(trace, best.preemptions + 1, together) ?? best;
	}

	/** Adds a violation in a driven order. */
	addDriven(violation: Violation, execution: Execution): void {
		const failure = this.toFailure(violation, execution);
		this.fixed.push({ ...failure, traces: 1, preemptions: null });
	}

	/** Adds a violation in a free-running execution. Keeps the first execution, because none can be repeated. */
	addObserved(violation: Violation, execution: Execution): void {
		const failure = this.toFailure(violation, execution);
		const known = this.fixed.find(({ expectation }) => expectation === failure.expectation);
		if (known) known.traces++;
		else this.fixed.push({ ...failure, traces: 1, preemptions: null, schedule: null, token: null });
	}

	/** Executes the shortest interleaving of each failure. Throws ContractError if it does not fail again. */
	async explain(executeOne: ExecuteOne): Promise<Failure[]> {
		const failures = [...this.fixed];
		for (const [key, { traces, best }] of this.found) {
			if (!best) continue;
			const { preemptions, schedule } = best;
			const execution = await executeOne(schedule);
			const { violations } = judgeTrace(this.test, traceOf(this.test, execution));
			const shown = violations.find(({ expectation }) => expectation.join('/') === key);
			if (!shown)
				throw new ContractError(
					`two linearisations of one trace differ in ${key}: the implementation depends on more than its events say`,
				);
			failures.push({ ...this.toFailure(shown, execution as Execution), traces, preemptions });
		}
		return failures;
	}

	private toFailure(
		{ expectation, message }: Violation,
		execution: Execution,
	): Omit<Failure, 'traces' | 'preemptions'> {
		const { test, implementation } = this;
		const schedule = shortest(execution);
		return {
			expectation: expectation.join('/'),
			message,
			file: test.source.file,
			line: test.source.line(expectation).line,
			schedule,
			token: toToken(test, schedule, implementation.address),
			lanes: lanes(test.program, execution),
		};
	}
}
