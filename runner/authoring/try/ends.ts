// SPDX-License-Identifier: MIT
/** How executions of a case end, in the words that an outcome has for it. */
import type { Execution } from '../../../schema/types/execution';
import { faultsOf } from '../../judge/faults';
import type { Case } from '../../library/compile';

export interface End {
	/** By the name of the call. A call inside a callback may return more than once: a list of what it gave then. */
	results: Record<string, string | null | (string | null)[]>;
	device: Partial<Execution['device']>;
	/** Times told, by holder. */
	callbacks: Record<string, number>;
	/** WARNs by function. */
	warnings: Record<string, number>;
	faults: string[];
}

export function endOf(test: Pick<Case, 'program' | 'sites'>, execution: Execution): End {
	const results: End['results'] = {};
	for (const [name, site] of test.sites) {
		const values = execution.results.filter((each) => each.site === site).map(({ value }) => value);
		const different = [...new Set(values)];
		results[name] = different.length > 1 ? different : (different[0] ?? notCalled(values));
	}
	const callbacks: End['callbacks'] = {};
	for (const holder of Object.keys(test.program.holders))
		callbacks[holder] = execution.callbacks.filter((each) => each.holder === holder).length;
	// A function may have a name that every object has.
	const warnings: End['warnings'] = Object.create(null);
	for (const { function: name } of execution.warnings) warnings[name] = (warnings[name] ?? 0) + 1;
	const faults = [...new Set(faultsOf(execution).map(({ fault }) => fault))].sort();
	return { results, device: { ...execution.device }, callbacks, warnings, faults };
}

const notCalled = (values: readonly unknown[]): string | null =>
	values.length === 0 ? 'not-called' : null;

/** The same for ends that no outcome can tell apart. */
export const endKey = (end: End): string => JSON.stringify(end);
