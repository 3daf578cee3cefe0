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

/** A finished search of a case, and the code that it reached. */
interface Explored {
	readonly memory: ModelName;
	readonly code: ReadonlyMap<CallName, unknown>;
	readonly conclusion: Conclusion;
	readonly findings: Findings;
}

/** Serves decisions with the same options, apart from the memory model. */
export class SharedFindings {
	/** Explorations that were not needed. */
	saved = 0;
	private readonly explored = new WeakMap<Case, Explored[]>();

	/** Fills findings from the search on another target, and returns its conclusion; undefined if none is the same. */
	find({ test, implementation, memory }: Searched, findings: Findings): Conclusion | undefined {
		const { address, sharing } = implementation;
		if (!sharing) return undefined;
		const isSame = (known: Explored) =>
			known.memory === memory &&
			[...known.code].every(([call, code]) => sharing.codeOf(call) === code);
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

	/** Adds a search; only one that ended by itself is the same on another target. */
	add(
		{ test, implementation: { sharing }, memory }: Searched,
		conclusion: Conclusion,
		findings: Findings,
	): void {
		const { kind } = findings.completeness;
		if (!sharing || kind === 'partial' || kind === 'none') return;
		const { program } = test;
		const reached = memory === 'sc' ? sharing.reached(program) : sharing.reachedIsolated(program);
		const code = new Map([...reached].map((call) => [call, sharing.codeOf(call)]));
		const known = this.explored.get(test) ?? [];
		known.push({ memory, code, conclusion, findings });
		this.explored.set(test, known);
	}
}

/** A search, of a case on an implementation under a memory model. */
export interface Searched {
	readonly test: Case;
	readonly implementation: Implementation;
	readonly memory: ModelName;
}

/** The same failure on another target: a replay token names the target. */
const on = (address: string, test: Case, failure: Failure): Failure =>
	failure.schedule === null || failure.token === null
		? failure
		: { ...failure, token: toToken(test, failure.schedule, address) };
