// SPDX-License-Identifier: MIT
/**
 * Locks as memory models see them: who takes one waits until it is free, and what never gets there is no execution. So
 * where threads could wait for each other for ever, only the explorer of interleavings finds it.
 */
import type { ThreadRun } from '../../implementations/implementation';

/** Why what a thread did with its locks is beyond memory models; null when it is not. locks: those that they know. */
export function lockTrouble({ events }: ThreadRun, locks: ReadonlySet<string>): string | null {
	const held: string[] = [];
	const known = () => held.filter((lock) => locks.has(lock));
	for (const { op, object } of events)
		switch (op) {
			case 'lock':
				if (locks.has(object) && known().length > 0)
					return `${object} is taken under ${known()[0]}`;
				held.push(object);
				break;
			case 'unlock':
				if (held.includes(object)) held.splice(held.lastIndexOf(object), 1);
				break;
			case 'sync-end':
				if (known().length > 0) return `it waits for readers under ${known()[0]}`;
				break;
			case 'read':
			case 'write':
			case 'rmw': {
				const unknown = held.find((lock) => !locks.has(lock));
				if (unknown !== undefined) return `${unknown} is held from one call to another`;
			}
		}
	return known().length > 0 ? `${known()[0]} is never given back` : null;
}
