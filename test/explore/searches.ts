// SPDX-License-Identifier: MIT
/** The searches of the runner and their oracles, by name. */
import { bounded } from '../../runner/explore/bounded';
import type { Dependence } from '../../runner/explore/dependence';
import type { Search } from '../../runner/explore/search';
import { sourceDpor } from '../../runner/explore/source-dpor';
import { naive } from './naive';
import { sleepSets } from './sleep-sets';

export const searches = {
	'source-dpor': (dependence: Dependence): Search => sourceDpor(dependence),
	bounded: (_: Dependence, bound = unbounded()): Search => bounded(bound),
	'sleep-sets': (): Search => sleepSets(),
	naive: (): Search => naive(),
};

export type SearchName = keyof typeof searches;

export const unbounded = () => ({
	preemptions: Number.POSITIVE_INFINITY,
	completed: null as number | null,
});
