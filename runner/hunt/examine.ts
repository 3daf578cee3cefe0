// SPDX-License-Identifier: MIT
/** Explores one scenario and puts every execution to every oracle. */
import type { Implementation } from '../../implementations/implementation';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import { fewestPreemptions, type Linearisation } from '../explore/linearise';
import type { Trace } from '../explore/trace';
import { History } from './history';
import { followsCallerRules } from './legal';
import { oracles } from './oracles';
import type { Oracle, Violation } from './oracles/oracle';
import { type Compiled, compileScenario, type Scenario } from './scenario';

/** What was seen of one kind of violation. */
export interface Seen {
	readonly oracle: Oracle;
	readonly violation: Violation;
	/** In how many traces. */
	readonly traces: number;
	/** Did it come first in one of them? What follows from something else is no finding. */
	readonly first: boolean;
	/** Fewest preemptions first. */
	readonly best: Linearisation;
}

export interface Examined {
	readonly compiled: Compiled;
	readonly seen: ReadonlyMap<string, Seen>;
	readonly traces: number;
	/** false when the budget ended it. */
	readonly complete: boolean;
}

export const keyOf = ({ name }: Oracle, { kind }: Violation): string =>
	kind === undefined ? name : `${name}: ${kind}`;

export async function examine(
	scenario: Scenario,
	implementation: Implementation,
	options: Options,
): Promise<Examined> {
	const compiled = compileScenario(scenario);
	const seen = new Map<string, Seen>();
	const visit = (trace: Trace): void => {
		const found = violationsOf(new History(scenario, compiled, trace.execution));
		for (const [index, [oracle, violation]] of found.entries()) {
			const key = keyOf(oracle, violation);
			const known = seen.get(key);
			const best = fewestPreemptions(trace, known?.best.preemptions) ?? known!.best;
			const traces = (known?.traces ?? 0) + 1;
			const first = index === 0 || known?.first === true;
			seen.set(key, { oracle, violation, traces, first, best });
		}
	};
	const { observations, program } = compiled;
	const dependence = new Dependence(observations);
	const { kind, traces } = await explore({ implementation, program, dependence, options, visit });
	return { compiled, seen, traces, complete: kind !== 'partial' };
}

/** What went wrong, in the order of time: one of each kind. */
export function violationsOf(history: History): (readonly [Oracle, Violation])[] {
	if (!followsCallerRules(history)) return [];
	const found = oracles.flatMap((oracle) =>
		[...oracle.find(history)].map((violation) => [oracle, violation] as const),
	);
	const kinds = new Map<string, readonly [Oracle, Violation]>();
	for (const each of found.sort(([, a], [, b]) => a.at - b.at)) {
		const key = keyOf(...each);
		if (!kinds.has(key)) kinds.set(key, each);
	}
	return [...kinds.values()];
}
