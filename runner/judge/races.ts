// SPDX-License-Identifier: MIT
/** Reports the first data race of a trace where the vector says "races: none". */
import type { SeenRace } from '../explore/data-races';
import type { LiveVector } from '../library/vector';
import { sidesText } from '../text/racing-accesses';
import type { Violation } from './violation';

export function* raceViolations(
	vector: LiveVector,
	seen: readonly SeenRace[],
): Generator<Violation> {
	const [first] = seen;
	if (vector.races === undefined || !first) return;
	yield {
		expectation: ['races'],
		message: `data race on ${first.race.object}, expected none: ${sidesText(first.race)}`,
		together: first.events,
	};
}
