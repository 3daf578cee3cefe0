// SPDX-License-Identifier: MIT
/** Who decides cases: this process, one after the other, or workers, several at once. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';

export interface Decider {
	/** Never throws: what an implementation does wrong is a verdict. onStart is called when its turn has come. */
	decide(test: Case, implementation: Implementation, onStart: () => void): Promise<Result>;
	/** Ends what is going on; what was not decided never will be. */
	close(): Promise<void>;
}
