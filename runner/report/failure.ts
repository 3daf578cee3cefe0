// SPDX-License-Identifier: MIT
/** A failure as a person reads it: what was expected where, the shortest interleaving, how to see it again. */
import type { Completeness, Failure, Result } from '../../schema/types/report';
import type { Colors } from '../terminal';
import type { Case } from '../vector/compile';
import { printable } from '../vector/errors';

export function* failureLines(
	{ implementation, completeness }: Result,
	failure: Failure,
	test: Case | undefined,
	colors: Colors,
): Generator<string> {
	yield `    ${colors.red(printable(failure.message))}`;
	yield `    ${printable(`${failure.file}:${failure.line}: ${failure.expectation}`)}`;
	const text = test?.source.line(failure.expectation.split('/')).text;
	if (text) yield colors.dim(`      ${text.slice(0, 88)}`);
	if (failure.diagram.length > 0) {
		yield '';
		for (const line of failure.diagram)
			yield line.trimStart().startsWith('***') ? colors.red(printable(line)) : printable(line);
		yield '';
		const { preemptions } = failure;
		const shortest = `${preemptions} ${preemptions === 1 ? 'preemption' : 'preemptions'}`;
		const behaviours = `in ${failure.traces} of ${completeness.traces} behaviours`;
		if (completeness.kind === 'exhaustive' && preemptions === null) yield `    ${behaviours}`;
		else
			yield preemptions === null
				? `    as ${completeness.kind === 'partial' ? 'it happened' : 'the order was driven'}`
				: `    in ${failure.traces} of ${completeness.traces} traces, the shortest with ${shortest}`;
	}
	if (failure.token !== null) {
		const short = failure.token.includes('@') || implementation === 'reference';
		const target = short ? '' : ` --implementation ${implementation}`;
		yield `    ${printable(`dax-vectors replay ${failure.token}${target}`)}`;
	}
}

/** Such as "exhaustive, 53 traces" or "<= 2 preemptions, 20 traces". */
export function completenessText({ kind, traces, executions, preemptions }: Completeness): string {
	const count = `${traces} ${traces === 1 ? 'trace' : 'traces'}`;
	switch (kind) {
		case 'exhaustive':
			return `exhaustive, ${count}`;
		case 'bounded':
			return `<= ${preemptions} preemptions, ${count}`;
		case 'driven':
			return `${traces} named ${traces === 1 ? 'order' : 'orders'}`;
		case 'partial':
			return `partial: ${count} in ${executions} executions`;
		case 'none':
			return '';
	}
}
