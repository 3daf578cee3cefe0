// SPDX-License-Identifier: MIT
/** What fails under a memory model, each failure with the behaviour that takes least to explain. */
import type { ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import type { Failure } from '../../schema/types/report';
import { weakDiagram } from '../diagram/weak-diagram';
import type { Violation } from '../judge/violation';
import type { Case } from '../library/compile';
import { executionOf } from '../memory/execution';
import type { Behaviour } from '../memory/explore';
import type { ModelName } from '../memory/models';
import { type Witness, witnessOf } from '../memory/witness';

export interface Found {
	readonly violation: Violation;
	readonly behaviour: Behaviour<ThreadRun>;
	readonly story: Witness;
	behaviours: number;
}

/** The first one of each expectation, or one that takes less to explain. */
export function add(
	found: Map<string, Found>,
	violation: Violation,
	behaviour: Behaviour<ThreadRun>,
): void {
	const key = violation.expectation.join('/');
	const known = found.get(key);
	const lengths = behaviour.ends.map(({ events }) => events.length);
	if (known) known.behaviours++;
	if (known && known.behaviours > ENOUGH) return;
	const story = witnessOf(behaviour.candidate, lengths);
	if (known && weight(known.story) <= weight(story)) return;
	found.set(key, { violation, behaviour, story, behaviours: known?.behaviours ?? 1 });
}

/** Behaviours among which the shortest story is looked for. */
const ENOUGH = 8;

const weight = ({ moves, divided, steps }: Witness): number =>
	(divided ? 1e6 : 0) + moves.length * 1000 + steps.length;

export function toFailure(
	test: Case,
	model: ModelName,
	init: Readonly<Record<string, Value>>,
	{ violation, behaviour, story, behaviours }: Found,
): Failure {
	const { expectation, message } = violation;
	const execution = executionOf(test.program, init, behaviour, story.steps);
	return {
		expectation: expectation.join('/'),
		message: `${message}, under ${model}`,
		file: test.source.file,
		line: test.source.line(expectation).line,
		traces: behaviours,
		preemptions: null,
		schedule: null,
		token: null,
		...weakDiagram(test.program, execution, story, model),
	};
}
