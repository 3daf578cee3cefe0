// SPDX-License-Identifier: MIT
/**
 * Decides whether memory models can judge the locking of a thread. Under a memory model a thread takes a lock by a read
 * that finds it free, and a path on which a thread waits for a lock for ever is dropped; so only the explorer of
 * interleavings finds deadlocks.
 */
import type { ThreadRun } from '../../implementations/implementation';

/**
 * Gives the reason why memory models cannot judge the locking of a thread; null if they can.
 * @param locks  the locks that a thread holds at an access to a field
 */
export function lockObstacle({ events }: ThreadRun, locks: ReadonlySet<string>): string | null {
	const held: string[] = [];
	const knownHeld = () => held.find((lock) => locks.has(lock));
	for (const { op, object } of events)
		switch (op) {
			case 'lock': {
				const outer = knownHeld();
				if (locks.has(object) && outer !== undefined)
					return `a thread takes ${object} while it holds ${outer}`;
				held.push(object);
				break;
			}
			case 'unlock':
				if (held.includes(object)) held.splice(held.lastIndexOf(object), 1);
				break;
			case 'sync-end': {
				const outer = knownHeld();
				if (outer !== undefined) return `a thread waits for readers while it holds ${outer}`;
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
	return left === undefined ? null : `${left} is never released`;
}
