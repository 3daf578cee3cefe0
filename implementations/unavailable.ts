// SPDX-License-Identifier: MIT
/** Why nothing can be said of a tree here and now, and what to do about it. */
import type { Obstacle } from './implementation';

export class Unavailable extends Error {
	readonly obstacle: Obstacle;

	constructor(verdict: Obstacle['verdict'], reason: string) {
		super(reason);
		this.obstacle = { verdict, reason };
	}
}

/** It could not be decided; the reason says what to do. */
export const notRun = (reason: string): Unavailable => new Unavailable('not-run', reason);
/** Nothing here applies to it. */
export const skip = (reason: string): Unavailable => new Unavailable('skip', reason);
