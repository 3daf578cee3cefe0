// SPDX-License-Identifier: MIT
/** Targets of the reference that have the same code for a case, so that a test does not explore the same twice. */
import type { Implementation } from '../implementations/implementation';
import type { Case } from '../runner/library/compile';
import type { CallName } from '../schema/types/common';

export class ExploredCode {
	/** By case, the code of each call that its exploration reached, for each target that was added. */
	private readonly known = new WeakMap<Case, ReadonlyMap<CallName, unknown>[]>();

	/** True if a target that was added has the same code for every call that the case reached there. */
	has(test: Case, { sharing }: Implementation): boolean {
		const same = (code: ReadonlyMap<CallName, unknown>): boolean =>
			[...code].every(([call, identity]) => sharing?.codeOf(call) === identity);
		return (this.known.get(test) ?? []).some(same);
	}

	/** Adds a target that has explored the case, with calls.reached of it or calls.reachedIsolated. */
	add(test: Case, { sharing }: Implementation, calls: 'reached' | 'reachedIsolated'): void {
		if (!sharing) return;
		const code = [...sharing[calls](test.program)].map(
			(call) => [call, sharing.codeOf(call)] as const,
		);
		this.known.set(test, [...(this.known.get(test) ?? []), new Map(code)]);
	}
}
