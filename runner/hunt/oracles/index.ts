// SPDX-License-Identifier: MIT
/** The oracles. Where two are violated at the same moment, the first one says what happened. */

import { life } from './alive-flag';
import { answer } from './answer';
import { estrangedCallback } from './callback-sees-other-holder';
import { unnoticedClaim } from './claim-lost-silently';
import { deadClaim } from './dead-claim';
import { fault } from './fault';
import { lateCallback } from './late-callback';
import { lostClaim } from './lost-claim';
import type { Oracle } from './oracle';
import { references } from './references';
import { untoldRemoval } from './removal-not-notified';
import { staleHolder } from './stale-holder';
import { unfinishedAccess } from './unfinished-access';
import { unfinishedCallback } from './unfinished-callback';
import { unmarkedRemoval } from './unmarked-removal';
import { warning } from './warning';

export const oracles: readonly Oracle[] = [
	fault,
	warning,
	lostClaim,
	untoldRemoval,
	unmarkedRemoval,
	deadClaim,
	unnoticedClaim,
	lateCallback,
	unfinishedCallback,
	unfinishedAccess,
	estrangedCallback,
	staleHolder,
	references,
	life,
	answer,
];
