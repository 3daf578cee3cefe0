// SPDX-License-Identifier: MIT
/**
 * Rules that callers follow. The oracles hold for histories whose callers follow them; after a violation they judge
 * nothing, because it may be the cause of what they would find.
 */
import type { Oracle } from '../oracles/oracle';
import { freedAlive } from './freed-alive';
import { freedWhileHeld } from './freed-while-held';
import { freedWithHost } from './freed-with-host';
import { releaseByOther } from './release-by-other';
import { releaseOfRefusedClaim } from './release-of-refused-claim';
import { releaseTwice } from './release-twice';

export const callerRules: readonly Oracle[] = [
	releaseOfRefusedClaim,
	releaseTwice,
	releaseByOther,
	freedAlive,
	freedWhileHeld,
	freedWithHost,
];
