// SPDX-License-Identifier: MIT
/**
 * Processes that an adapter left in another session or process group: their environment has the mark that the adapter's
 * had. Whoever clears its environment, or is of another user, is not found; nor is anybody where there is no /proc.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const NAME = 'DAX_VECTORS_ADAPTER';

/** Begins the marks of this process's adapters. */
export const ownMarks = `${NAME}=${randomUUID()}`;

/** Somebody may have been started while the list was read. */
const ROUNDS = 10;

let adapters = 0;

/** An environment that no other adapter has, and its mark. */
export function markedEnvironment(): { mark: string; env: NodeJS.ProcessEnv } {
	const mark = `${ownMarks}-${++adapters}-`;
	return { mark, env: { ...process.env, [NAME]: mark.slice(NAME.length + 1) } };
}

/** Kills whoever has a mark, or one that begins so. */
export function killMarked(mark: string): void {
	for (let round = 0; round < ROUNDS; round++) {
		const found = marked(mark);
		if (found.length === 0) return;
		for (const pid of found)
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It ended by itself.
			}
	}
}

function marked(mark: string): number[] {
	try {
		return readdirSync('/proc')
			.map(Number)
			.filter((pid) => pid > 0 && pid !== process.pid && environment(pid).includes(mark));
	} catch {
		return [];
	}
}

function environment(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/environ`, 'latin1');
	} catch {
		return '';
	}
}
