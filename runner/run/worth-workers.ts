// SPDX-License-Identifier: MIT
/** Number of workers that an amount of work is worth. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Workers at most: each takes some 100 ms to load and compile what the main thread has already. */
const MAX_WORKERS = 3;

/** Decisions, of a case on a target, that are worth a worker. */
const MIN_DECISIONS = 500;

/** Workers for decisions on this machine. None from sources, where the compiled file that they run does not exist. */
export function workersFor(decisions: number, file: string): number {
	const most = Math.min(
		MAX_WORKERS,
		availableParallelism() - 1,
		Math.floor(decisions / MIN_DECISIONS),
	);
	return most > 0 && existsSync(file) ? most : 0;
}
