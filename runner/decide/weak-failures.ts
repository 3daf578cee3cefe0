// SPDX-License-Identifier: MIT
/** Collects failures under a memory model, each with the behaviour that needs the shortest explanation. */
import type { ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import type { Failure } from '../../schema/types/report';
import { weakLanes } from '../diagram/weak-lanes';
import type { Violation } from '../judge/violation';
import type { Case } from '../library/compile';
import { executionOf } from '../memory/execution';
import type { Behaviour } from '../memory/explore';
import type { ModelName } from '../memory/models';
import { type Witness, witnessOf } from '../memory/witness';

interface Found {
	readonly violation: Violation;
	readonly behaviour: Behaviour<ThreadRun>;
	readonly witness: Witness;
	/** Behaviours with this violation. */
	behaviours: number;
}

/** Behaviours of one violation that are searched for the shortest witness. */
const MAX_WITNESSES = 8;

export class WeakFailures {
	/** Never true: a later behaviour may have a shorter witness. */
	readonly settled = false;
	/** By expectation. */
	private readonly found = new Map<string, Found>();

	constructor(
		private readonly test: Case,
		private readonly model: ModelName,
		/** Values of the fields when the threads start. */
		private readonly init: Readonly<Record<string, Value>>,
	) {}

	/** Adds a violation in a behaviour. */
	add(violation: Violation, behaviour: Behaviour<ThreadRun>): void {
		const key = violation.expectation.join('/');
		const known = this.found.get(key);
		if (known) known.behaviours++;
		if (known && known.behaviours > MAX_WITNESSES) return;
		const lengths = behaviour.ends.map(({ events }) => events.length);
		const witness = witnessOf(behaviour.candidate, lengths);
		if (known && weight(known.witness) <= weight(witness)) return;
		const behaviours = known?.behaviours ?? 1;
		this.found.set(key, { violation, behaviour, witness, behaviours });
	}

	list(): Failure[] {
		return [...this.found.values()].map((each) => this.toFailure(each));
	}

	private toFailure({ violation, behaviour, witness, behaviours }: Found): Failure {
		const { test, model, init } = this;
		const { program } = test;
		const { expectation, message } = violation;
		const execution = executionOf(program, init, behaviour, witness.steps);
		return {
			expectation: expectation.join('/'),
			message: `${message}, under ${model}`,
			file: test.source.file,
			line: test.source.line(expectation).line,
			traces: behaviours,
			preemptions: null,
			schedule: null,
			token: null,
			...weakLanes({ program, execution, effects: witness, model }),
		};
	}
}

/** Length of an explanation: divided orders weigh most, then moves, then steps. */
const weight = ({ moves, divided, steps }: Witness): number =>
	(divided ? 1e6 : 0) + moves.length * 1000 + steps.length;
