// SPDX-License-Identifier: MIT
/** All bad implementations. */
import type { Bad } from './bad';
import * as claimsCalls from './claims-calls';
import * as endless from './endless';
import * as inconsistent from './inconsistent';
import * as malformed from './malformed';
import * as nondeterministic from './nondeterministic';
import * as schedule from './schedule';
import * as throwing from './throwing';
import { wrongDevice } from './wrong-device';
import { wrongResult } from './wrong-result';

export const badImplementations: readonly Bad[] = [
	wrongDevice,
	wrongResult,
	...Object.values(claimsCalls),
	...Object.values(malformed),
	...Object.values(inconsistent),
	...Object.values(schedule),
	...Object.values(nondeterministic),
	...Object.values(endless),
	...Object.values(throwing),
];
