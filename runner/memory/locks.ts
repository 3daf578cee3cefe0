// SPDX-License-Identifier: MIT
/**
 * Locks under memory models: a thread takes a lock when it reads that it is free, and a path on which a thread never gets
 * a lock is no execution. Deadlocks are therefore found by the explorer of interleavings only.
 */
import type { ThreadRun } from '../../implementations/implementation';

/**
 * Gives the reason why memory models cannot judge the locking of a thread; null when they can.
 * @param locks  the locks that memory models know
 */
export function lockObstacle({ events }: ThreadRun, locks: ReadonlySet<string>): string | null {
	const held: string[] = [];
	const knownHeld = () => held.find((lock) => locks.has(lock));
	for (const { op, object } of events)
		switch (op) {
			case 'lock': {
				const outer = knownHeld();
				if (locks.has(object) && outer !== undefined) return `${object} is taken under ${outer}`;
				held.push(object);
				break;
			}
			case 'unlock':
				if (held.includes(object)) held.splice(held.lastIndexOf(object), 1);
				break;
			case 'sync-end': {
				const outer = knownHeld();
				if (outer !== undefined) return `it waits for readers under ${outer}`;
				break;
			}
			case 'read':
			case 'write':
			case 'rmw': {
				const unknown = held.find((lock) => !locks.has(lock));
				if (unknown !== undefined) return `${unknown} is held from one call to another`;
			}
		}
	const left = knownHeld();
	return left === undefined ? null : `${left} is never given back`;
}
