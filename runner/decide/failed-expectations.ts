// SPDX-License-Identifier: MIT
/** Collects the expectations that fail, without witnesses: for callers that need no more than their names. */
import type { Failure } from '../../schema/types/report';
import type { Violation } from '../judge/violation';
import type { Case } from '../library/compile';

export class FailedExpectations {
	/** True once an expectation failed that ends the search. */
	settled = false;
	/** By expectation. */
	private readonly found = new Map<string, Failure>();

	/** suffices is true for an expectation whose failure ends the search. */
	constructor(
		private readonly test: Case,
		private readonly suffices: (id: string, expectation: string) => boolean,
	) {}

	/** Adds a violation in a trace or behaviour. */
	add({ expectation: path, message }: Violation): void {
		const { id, source } = this.test;
		const expectation = path.join('/');
		const known = this.found.get(expectation);
		if (known) {
			known.traces++;
			return;
		}
		this.settled ||= this.suffices(id, expectation);
		this.found.set(expectation, {
			expectation,
			message,
			file: source.file,
			line: source.line(path).line,
			traces: 1,
			preemptions: null,
			schedule: null,
			token: null,
		});
	}

	addDriven(violation: Violation): void {
		this.add(violation);
	}

	addObserved(violation: Violation): void {
		this.add(violation);
	}

	list(): Failure[] {
		return [...this.found.values()];
	}

	async explain(): Promise<Failure[]> {
		return this.list();
	}
}
