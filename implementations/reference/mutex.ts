// SPDX-License-Identifier: MIT
/** A mutex. A thread that ends while it holds the mutex never releases it. */
import type { Access } from './access';

export class Mutex {
	held = false;

	constructor(readonly name: string) {}

	/** mutex_lock(). */
	lock(): Access<void> {
		const ready = () => !this.held;
		return { ...this.access('lock', true), ready };
	}

	/** mutex_unlock(). */
	unlock(): Access<void> {
		return this.access('unlock', false);
	}

	private access(op: 'lock' | 'unlock', held: boolean): Access<void> {
		const perform = () => {
			this.held = held;
		};
		return { op, object: this.name, marked: true, memory: false, perform };
	}
}
