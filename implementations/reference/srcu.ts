// SPDX-License-Identifier: MIT
/**
 * SRCU as drivers/dax uses it: synchronize_srcu() waits for the readers in progress when it begins, not for later ones.
 * It is two accesses, the begin and the end of the wait, because a reader may begin in between.
 */
import type { Access, Steps } from './access';

/** One read section: the result of srcu_read_lock() and argument of srcu_read_unlock(). */
export interface Reader {
	readonly domain: string;
}

/** A wait in progress, and the readers of its begin. */
interface Wait {
	readonly by: object;
	readonly readers: readonly Reader[];
}

/** Readers and waits in progress. Replaced by each change, so that a machine can return to an earlier state. */
export interface SrcuState {
	readonly readers: readonly Reader[];
	readonly waits: readonly Wait[];
}

export class Srcu {
	state: SrcuState = { readers: [], waits: [] };

	constructor(readonly name: string) {}

	/** srcu_read_lock(). Sections nest. */
	read_lock(): Access<Reader> {
		const reader = { domain: this.name };
		return this.access('srcu-lock', () => {
			this.state = { ...this.state, readers: [...this.state.readers, reader] };
			return reader;
		});
	}

	/** srcu_read_unlock(). */
	read_unlock(reader: Reader): Access<void> {
		return this.access('srcu-unlock', () => {
			const readers = this.state.readers.filter((each) => each !== reader);
			this.state = { ...this.state, readers };
		});
	}

	/** synchronize_srcu(). */
	*synchronize(): Steps<void> {
		const by = {};
		yield this.access('sync-begin', () => {
			const { readers, waits } = this.state;
			this.state = { readers, waits: [...waits, { by, readers }] };
		});
		const end = this.access('sync-end', () => {
			const waits = this.state.waits.filter((wait) => wait.by !== by);
			this.state = { ...this.state, waits };
		});
		yield { ...end, ready: () => !this.waits(by) };
	}

	/** True while a reader from the begin of a wait is in progress. */
	private waits(by: object): boolean {
		const { readers, waits } = this.state;
		const wait = waits.find((each) => each.by === by);
		return wait?.readers.some((reader) => readers.includes(reader)) ?? false;
	}

	private access<T>(op: Access['op'], perform: () => T): Access<T> {
		return { op, object: this.name, marked: true, memory: false, perform };
	}
}
