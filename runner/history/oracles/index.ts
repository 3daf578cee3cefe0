// SPDX-License-Identifier: MIT
/** The oracles. Of two that are violated at the same event, the first one is the cause. */

import { accessOutlivesRemoval } from './access-outlives-removal';
import { aliveFlag } from './alive-flag';
import { callbackOutlivesRelease } from './callback-outlives-release';
import { callbackOutlivesRemoval } from './callback-outlives-removal';
import { callbackSeesOtherHolder } from './callback-sees-other-holder';
import { claimLostSilently } from './claim-lost-silently';
import { claimOfDeadDevice } from './claim-of-dead-device';
import { fault } from './fault';
import { lostClaim } from './lost-claim';
import type { Oracle } from './oracle';
import { referenceCount } from './reference-count';
import { removalNotNotified } from './removal-not-notified';
import { removalWithoutPreRemove } from './removal-without-pre-remove';
import { sequentialResult } from './sequential-result';
import { staleHolder } from './stale-holder';
import { warning } from './warning';

export const oracles: readonly Oracle[] = [
	fault,
	warning,
	lostClaim,
	removalNotNotified,
	removalWithoutPreRemove,
	claimOfDeadDevice,
	claimLostSilently,
	callbackOutlivesRelease,
	callbackOutlivesRemoval,
	accessOutlivesRemoval,
	callbackSeesOtherHolder,
	staleHolder,
	referenceCount,
	aliveFlag,
	sequentialResult,
];
