// SPDX-License-Identifier: MIT
/**
 * SRCU as drivers/dax uses it: synchronize_srcu() waits for the readers in progress when it begins, not for later ones.
 * It is two accesses, the begin and the end of the wait, because a reader may begin in between.
 */
import type { Access, Steps } from './access';

/** One read section in progress: the result of srcu_read_lock() and argument of srcu_read_unlock(). */
export interface Reader {
	readonly domain: string;
}

export class Srcu {
	private readonly readers = new Set<Reader>();

	constructor(readonly name: string) {}

	/** srcu_read_lock(). Sections nest. */
	read_lock(): Access<Reader> {
		return this.access('srcu-lock', () => {
			const reader = { domain: this.name };
			this.readers.add(reader);
			return reader;
		});
	}

	/** srcu_read_unlock(). */
	read_unlock(reader: Reader): Access<void> {
		return this.access('srcu-unlock', () => {
			this.readers.delete(reader);
		});
	}

	/** synchronize_srcu(). */
	*synchronize(): Steps<void> {
		const seen: Reader[] = yield this.access('sync-begin', () => [...this.readers]);
		yield {
			...this.access('sync-end', () => {}),
			ready: () => !seen.some((reader) => this.readers.has(reader)),
		};
	}

	private access<T>(op: Access['op'], perform: () => T): Access<T> {
		return { op, object: this.name, marked: true, memory: false, perform };
	}
}
