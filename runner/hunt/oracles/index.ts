// SPDX-License-Identifier: MIT
/** The oracles. Where two are violated at the same moment, the first one says what happened. */

import { aliveFlag } from './alive-flag';
import { answer } from './answer';
import { callbackSeesOtherHolder } from './callback-sees-other-holder';
import { claimLostSilently } from './claim-lost-silently';
import { deadClaim } from './dead-claim';
import { fault } from './fault';
import { lateCallback } from './late-callback';
import { lostClaim } from './lost-claim';
import type { Oracle } from './oracle';
import { references } from './references';
import { removalNotNotified } from './removal-not-notified';
import { staleHolder } from './stale-holder';
import { unfinishedAccess } from './unfinished-access';
import { unfinishedCallback } from './unfinished-callback';
import { unmarkedRemoval } from './unmarked-removal';
import { warning } from './warning';

export const oracles: readonly Oracle[] = [
	fault,
	warning,
	lostClaim,
	removalNotNotified,
	unmarkedRemoval,
	deadClaim,
	claimLostSilently,
	lateCallback,
	unfinishedCallback,
	unfinishedAccess,
	callbackSeesOtherHolder,
	staleHolder,
	references,
	aliveFlag,
	answer,
];
