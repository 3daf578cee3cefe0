// SPDX-License-Identifier: MIT
/** The oracles. Where two are violated at the same moment, the first one says what happened. */
import { answer } from './answer';
import { deadClaim } from './dead-claim';
import { estrangedCallback } from './estranged-callback';
import { fault } from './fault';
import { lateCallback } from './late-callback';
import { life } from './life';
import { lostClaim } from './lost-claim';
import type { Oracle } from './oracle';
import { references } from './references';
import { staleHolder } from './stale-holder';
import { unfinishedAccess } from './unfinished-access';
import { unfinishedCallback } from './unfinished-callback';
import { unmarkedRemoval } from './unmarked-removal';
import { unnoticedClaim } from './unnoticed-claim';
import { untoldRemoval } from './untold-removal';
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
