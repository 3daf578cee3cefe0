// SPDX-License-Identifier: MIT
/** The rule for a process that dies: start it again and repeat the request, at most twice; then the verdict is crash. */
import { NoAnswer } from './implementation';

/** Maximum repetitions of one request. */
const MAX_RESTARTS = 2;

/** True for the error of a request whose process died. */
const isDeath = (error: unknown): boolean => error instanceof NoAnswer && error.verdict === 'crash';

/** Repeats a request when its process dies. The request must start the process if none is running. */
export function repeatSync<Answer>(request: () => Answer): Answer {
	for (let restarts = 0; ; restarts++)
		try {
			return request();
		} catch (error) {
			if (!isDeath(error) || restarts === MAX_RESTARTS) throw error;
		}
}

/** Like repeatSync(), for a request that rejects. */
export async function repeat<Answer>(request: () => Promise<Answer>): Promise<Answer> {
	for (let restarts = 0; ; restarts++)
		try {
			return await request();
		} catch (error) {
			if (!isDeath(error) || restarts === MAX_RESTARTS) throw error;
		}
}
