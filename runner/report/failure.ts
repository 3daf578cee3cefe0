// SPDX-License-Identifier: MIT
/** A failure for people: the expectation and its place, the shortest interleaving, the command that replays it. */
import { resolve } from 'node:path';
import type { Completeness, Failure, Result } from '../../schema/types/report';
import { failureDiagram } from '../diagram/columns';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { shellWord } from '../text/shell-word';
import type { Colors } from '../text/terminal';

export function* failureLines(
	{ implementation, completeness }: Result,
	failure: Failure,
	test: Case | undefined,
	colors: Colors,
	width?: number,
): Generator<string> {
	yield `    ${colors.red(printable(failure.message))}`;
	// From a folder elsewhere, a path through its parents is hard to read.
	const file = failure.file.startsWith('..') ? resolve(failure.file) : failure.file;
	yield `    ${printable(`${file}:${failure.line}: ${failure.expectation}`)}`;
	const text = test?.source.line(failure.expectation.split('/')).text;
	if (text) yield colors.dim(`      ${printable(text.slice(0, 88))}`);
	const diagram = failureDiagram(failure, width);
	if (diagram.length > 0) {
		yield '';
		for (const line of diagram)
			yield line.trimStart().startsWith('***') ? colors.red(printable(line)) : printable(line);
		yield '';
		yield `    ${occurrence(failure, completeness)}`;
	}
	if (failure.token !== null) {
		const short = failure.token.includes('@') || implementation === 'reference';
		const target = short ? '' : ` --implementation ${shellWord(implementation)}`;
		yield `    dax-vectors replay ${shellWord(failure.token)}${target}`;
	}
}

/** Reason of a result, unless it only repeats the message of its first failure. */
export const ownReason = ({ reason, failures }: Result): string =>
	reason === failures[0]?.message ? '' : reason;

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

/** How often a failure occurred among the traces or behaviours explored. */
export function occurrence({ traces, preemptions }: Failure, completeness: Completeness): string {
	const among = `in ${traces} of ${completeness.traces}`;
	if (completeness.kind === 'driven') return 'as the order was driven';
	if (preemptions !== null)
		return `${among} traces, the shortest with ${preemptions} ${preemptions === 1 ? 'preemption' : 'preemptions'}`;
	// A failure without a preemption count in an exhaustive search comes from a memory model.
	return completeness.kind === 'exhaustive' ? `${among} behaviours` : 'as it happened';
}
