// SPDX-License-Identifier: MIT
/** The error for an implementation that cannot be opened on this machine, with its verdict. */
import type { Obstacle } from './implementation';

export class Unavailable extends Error {
	readonly obstacle: Obstacle;

	constructor(verdict: Obstacle['verdict'], reason: string) {
		super(reason);
		this.obstacle = { verdict, reason };
	}
}

/** The implementation could not be tried; the reason ends with what to do. */
export const notRun = (reason: string): Unavailable => new Unavailable('not-run', reason);
/** No vector applies to the implementation. */
export const skip = (reason: string): Unavailable => new Unavailable('skip', reason);
