// SPDX-License-Identifier: MIT
/**
 * Which reads an action depends on, found by running the code on other values: what then differs in value depends by
 * data, and what follows the first other action depends by control. Never more than the source says, so that no order is
 * assumed that a compiler could remove.
 */
import type { Value } from '../../schema/types/execution';
import type { Action, Dependencies } from './action';

type RunCode = (values: readonly Value[]) => readonly Action[];

export function withDependencies(
	run: RunCode,
	values: readonly Value[],
	domain: (location: string) => readonly Value[],
): Action[] {
	const actions = run(values);
	const reads = actions.flatMap((action, at) => (action.kind === 'read' ? [at] : []));
	const found = actions.map(() => ({ addr: [], data: [] as number[], ctrl: [] as number[] }));
	reads.forEach((at, number) => {
		const read = actions[at] as Action & { kind: 'read' };
		let diverges = actions.length;
		const data = new Set<number>();
		for (const value of domain(read.location)) {
			if (value === values[number]) continue;
			const other = run(values.with(number, value));
			for (let index = at + 1; index < diverges; index++) {
				const difference = compare(actions[index]!, other[index]);
				if (difference === 'code') diverges = index;
				else if (difference === 'value') data.add(index);
			}
		}
		for (const index of data) if (index < diverges) found[index]!.data.push(number);
		for (let index = diverges; index < actions.length; index++) found[index]!.ctrl.push(number);
	});
	return actions.map((action, index) => ({ ...action, depends: found[index] as Dependencies }));
}

function compare(a: Action, b: Action | undefined): 'same' | 'value' | 'code' {
	if (!b || a.kind !== b.kind) return 'code';
	if (a.kind === 'fence') return b.kind === 'fence' && a.fence === b.fence ? 'same' : 'code';
	if (b.kind === 'fence' || a.location !== b.location) return 'code';
	if ('order' in a && 'order' in b && a.order !== b.order) return 'code';
	if (a.kind === 'write' && b.kind === 'write' && a.value !== b.value) return 'value';
	return 'same';
}
