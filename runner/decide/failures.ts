// SPDX-License-Identifier: MIT
/** Collects what fails while a case is explored, and tells each failure as its shortest story. */
import type { Execution, Implementation } from '../../implementations/implementation';
import type { Failure } from '../../schema/types/report';
import { columns } from '../diagram/columns';
import { lanes } from '../diagram/lanes';
import { ContractError } from '../explore/contract';
import type { Execute } from '../explore/execute';
import { fewestPreemptions, type Linearisation } from '../explore/linearise';
import { shortest } from '../explore/schedule';
import type { Trace } from '../explore/trace';
import { judgeTrace, traceOf } from '../judge/judge-trace';
import type { Violation } from '../judge/violation';
import type { Case } from '../library/compile';
import { toToken } from './replay-token';

interface Found {
	readonly violation: Violation;
	/** In how many traces. */
	traces: number;
	/** Fewest preemptions first, then fewest events. */
	best: Linearisation | null;
}

export class Failures {
	private readonly found = new Map<string, Found>();
	/** Told as they were driven: another linearisation would not be that order. */
	private readonly driven: Failure[] = [];

	constructor(
		private readonly test: Case,
		private readonly implementation: Implementation,
	) {}

	/** A trace does not meet an expectation. */
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

	/** A driven order does not end as it says. */
	addDriven(violation: Violation, execution: Execution): void {
		const failure = this.toFailure(violation, execution);
		this.driven.push({ ...failure, traces: 1, preemptions: null });
	}

	/** Nobody can have that execution again: the first one is told as it was seen. */
	addObserved(violation: Violation, execution: Execution): void {
		const failure = this.toFailure(violation, execution);
		const known = this.driven.find(({ expectation }) => expectation === failure.expectation);
		if (known) known.traces++;
		else
			this.driven.push({ ...failure, traces: 1, preemptions: null, schedule: null, token: null });
	}

	/** Executes the shortest story of each failure, which must fail the same expectation. */
	async explain(execute: Execute): Promise<Failure[]> {
		const failures = [...this.driven];
		for (const [key, { traces, best }] of this.found) {
			const execution = (await execute([best!.schedule]))[0]!;
			const { violations } = judgeTrace(this.test, traceOf(this.test, execution));
			const shown = violations.find(({ expectation }) => expectation.join('/') === key);
			if (!shown)
				throw new ContractError(
					`two linearisations of one trace differ in ${key}: the implementation depends on more than its events say`,
				);
			const { preemptions } = best!;
			failures.push({ ...this.toFailure(shown, execution), traces, preemptions });
		}
		return failures;
	}

	private toFailure(
		{ expectation, message }: Violation,
		execution: Execution,
	): Omit<Failure, 'traces' | 'preemptions'> {
		const { test, implementation } = this;
		const schedule = shortest(execution);
		const shown = lanes(test.program, execution);
		return {
			expectation: expectation.join('/'),
			message,
			file: test.source.file,
			line: test.source.line(expectation).line,
			schedule,
			token: toToken(test, schedule, implementation.address),
			diagram: columns(shown),
			lanes: shown,
		};
	}
}
