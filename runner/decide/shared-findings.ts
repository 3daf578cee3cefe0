// SPDX-License-Identifier: MIT
/**
 * Findings that several targets share. Revisions and seeded bugs of the reference differ in a few calls: where two have
 * the same code for every call that the exploration of a case reached, the second exploration would be the first one
 * again. Implementations without sharing (trees, guests, adapters) always explore.
 */
import type { Implementation } from '../../implementations/implementation';
import type { CallName } from '../../schema/types/common';
import type { Failure } from '../../schema/types/report';
import type { Case } from '../library/compile';
import type { ModelName } from '../memory/models/names';
import { toToken } from './replay-token';
import type { Conclusion, Findings } from './verdict';

/** A finished search of a case. */
interface Explored {
	readonly memory: ModelName;
	/** The calls that it reached, and the code of each: lists, because a matrix compares them 300,000 times. */
	readonly calls: readonly CallName[];
	readonly code: readonly unknown[];
	readonly conclusion: Conclusion;
	readonly findings: Findings;
	/** True if it ended at a failure that was enough for its caller. */
	readonly settled: boolean;
}

/** Serves decisions with the same options, apart from the memory model and from the failures that suffice. */
export class SharedFindings {
	/** Explorations that were not needed. */
	saved = 0;
	private readonly explored = new WeakMap<Case, Explored[]>();

	/** Fills findings from the search on another target, and returns its conclusion; undefined if none is the same. */
	find(
		{ test, implementation, memory, settles }: Searched,
		findings: Findings,
	): Conclusion | undefined {
		const { address, sharing } = implementation;
		if (!sharing) return undefined;
		const isSame = (known: Explored) =>
			known.memory === memory &&
			hasCode(sharing, known) &&
			(!known.settled || settles(known.findings.failures));
		const same = this.explored.get(test)?.find(isSame);
		if (!same) return undefined;
		this.saved++;
		const { completeness, outcomes, failures, races } = same.findings;
		Object.assign(findings.outcomes, outcomes);
		findings.completeness = completeness;
		findings.failures = failures.map((failure) => on(address, test, failure));
		findings.races = races;
		return same.conclusion;
	}

	/** Adds a search; only one that ended by itself, or settled at a failure, is the same on another target. */
	add(
		{ test, implementation: { sharing }, memory, settles }: Searched,
		conclusion: Conclusion,
		findings: Findings,
	): void {
		const { kind } = findings.completeness;
		const settled = settles(findings.failures);
		if (!sharing || (!settled && (kind === 'partial' || kind === 'none'))) return;
		const { program } = test;
		const reached = memory === 'sc' ? sharing.reached(program) : sharing.reachedIsolated(program);
		const calls = [...reached];
		const code = calls.map(sharing.codeOf);
		const known = this.explored.get(test) ?? [];
		known.push({ memory, calls, code, conclusion, findings, settled });
		this.explored.set(test, known);
	}
}

/** True if an implementation has the code that a search reached. */
function hasCode(
	{ codeOf }: NonNullable<Implementation['sharing']>,
	{ calls, code }: Explored,
): boolean {
	for (let index = 0; index < calls.length; index++)
		if (codeOf(calls[index]!) !== code[index]) return false;
	return true;
}

/** A search, of a case on an implementation under a memory model. */
export interface Searched {
	readonly test: Case;
	readonly implementation: Implementation;
	readonly memory: ModelName;
	/** True if the search may end once it has these failures. */
	settles(failures: readonly Failure[]): boolean;
}

/** The same failure on another target: a replay token names the target. */
const on = (address: string, test: Case, failure: Failure): Failure =>
	failure.schedule === null || failure.token === null
		? failure
		: { ...failure, token: toToken(test, failure.schedule, address) };
