// SPDX-License-Identifier: MIT
/** Explores one scenario and checks every execution against every oracle. */
import type { Implementation } from '../../implementations/implementation';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import { fewestPreemptions, type Linearisation } from '../explore/linearise';
import type { Trace } from '../explore/trace';
import type { History } from '../history/history';
import { oracles } from '../history/oracles';
import type { Oracle, Violation } from '../history/oracles/oracle';
import { executionFollowsRules } from './caller-rules';
import { historyOf } from './execution-history';
import { compileScenario, type Scenario } from './scenario';

/** The violations of one key in one scenario. */
export interface Seen {
	readonly oracle: Oracle;
	readonly violation: Violation;
	/** Number of traces with the violation. */
	readonly traces: number;
	/** True if it is the first violation of some trace: later ones may be consequences. */
	readonly first: boolean;
	/** The linearisation with the fewest preemptions. */
	readonly best: Linearisation;
}

export interface Examined {
	/** By key. */
	readonly seen: ReadonlyMap<string, Seen>;
	readonly traces: number;
	/** false when the budget ended the exploration. */
	readonly complete: boolean;
}

/** Name of the oracle, and the kind of the violation where the oracle has kinds. */
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
		const found = violationsOf(historyOf(compiled, trace.execution));
		for (const [index, [oracle, violation]] of found.entries()) {
			const key = keyOf(oracle, violation);
			const known = seen.get(key);
			const best = fewestPreemptions(trace, known?.best.preemptions) ?? known?.best;
			if (!best) continue;
			const traces = (known?.traces ?? 0) + 1;
			const first = index === 0 || known?.first === true;
			seen.set(key, { oracle, violation, traces, first, best });
		}
	};
	const { observations, program } = compiled;
	const dependence = new Dependence(observations);
	const exploration = { implementation, program, dependence, options, visit };
	const { kind, traces } = await explore(exploration);
	return { seen, traces, complete: kind !== 'partial' };
}

/** Violations in the order of time, one of each key; none where a caller broke the rules. */
export function violationsOf(history: History): (readonly [Oracle, Violation])[] {
	if (!executionFollowsRules(history)) return [];
	const found = oracles.flatMap((oracle) =>
		[...oracle.check(history)].map((violation) => [oracle, violation] as const),
	);
	const keys = new Map<string, readonly [Oracle, Violation]>();
	for (const each of found.sort(([, a], [, b]) => a.at - b.at)) {
		const key = keyOf(...each);
		if (!keys.has(key)) keys.set(key, each);
	}
	return [...keys.values()];
}
