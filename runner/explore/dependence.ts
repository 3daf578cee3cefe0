// SPDX-License-Identifier: MIT
/**
 * When do two events of different agents depend on each other, so that their order matters?
 *
 * Two accesses of one object depend when one of them writes; a failed cmpxchg only reads. srcu_read_lock() depends
 * on the look of synchronize_srcu(), srcu_read_unlock() on the end of its wait, and nothing else of SRCU matters.
 * Calls and returns depend on nothing, except where an expectation looks at that moment: then the moment reads
 * fields, or is ordered against another moment.
 */
import type { Event, Op } from '../../schema/types/execution';

/** What an event touches, as sets of bits. */
export interface Footprint {
	readonly reads: number;
	readonly writes: number;
	/** Two sides of a relation within which only opposite sides depend on each other. */
	readonly left: number;
	readonly right: number;
}

export function dependent(a: Footprint, b: Footprint): boolean {
	return (
		((a.writes & (b.reads | b.writes)) |
			(a.reads & b.writes) |
			(a.left & b.right) |
			(a.right & b.left)) !==
		0
	);
}

/** A moment that an expectation looks at: the call or return events that match. */
export interface Moment {
	readonly op: 'call' | 'return';
	/** The call of the program; without it, every call of object. */
	readonly site?: number;
	/** Such as "A.notify_failure". */
	readonly object?: string;
}

/** A moment reads fields, or is ordered against other moments. */
export type Observation =
	| { readonly moment: Moment; readonly fields: readonly string[] }
	| { readonly moment: Moment; readonly against: Moment };

export function isAt(moment: Moment, event: Event): boolean {
	if (event.op !== moment.op) return false;
	return moment.object !== undefined
		? event.object === moment.object
		: event.site === moment.site && !event.object.includes('.');
}

const NOTHING: Footprint = { reads: 0, writes: 0, left: 0, right: 0 };

/** Knows the objects of one exploration by their bits. */
export class Dependence {
	private readonly bits = new Map<string, number>();

	constructor(private readonly observations: readonly Observation[] = []) {}

	footprint(event: Event): Footprint {
		switch (event.op) {
			case 'call':
			case 'return':
				return this.observations.length === 0 ? NOTHING : this.moment(event);
			case 'read':
				return { ...NOTHING, reads: this.bit(event.object) };
			case 'write':
				return { ...NOTHING, writes: this.bit(event.object) };
			case 'rmw':
				return event.old === event.new
					? { ...NOTHING, reads: this.bit(event.object) }
					: { ...NOTHING, writes: this.bit(event.object) };
			case 'free':
				return { ...NOTHING, writes: -1 };
			default:
				return this.waiting(event.op, event.object);
		}
	}

	/** What an agent that waits would touch if it could go on. */
	waiting(op: Op, object: string): Footprint {
		switch (op) {
			case 'lock':
			case 'unlock':
				return { ...NOTHING, writes: this.bit(object) };
			case 'srcu-lock':
				return { ...NOTHING, left: this.bit(`${object} readers`) };
			case 'sync-begin':
				return { ...NOTHING, right: this.bit(`${object} readers`) };
			case 'srcu-unlock':
				return { ...NOTHING, left: this.bit(`${object} waiters`) };
			case 'sync-end':
				return { ...NOTHING, right: this.bit(`${object} waiters`) };
			default:
				return NOTHING;
		}
	}

	private moment(event: Event): Footprint {
		let { reads, left, right } = NOTHING;
		this.observations.forEach((observation, index) => {
			const here = isAt(observation.moment, event);
			if ('fields' in observation) {
				if (here) for (const field of observation.fields) reads |= this.bit(field);
			} else {
				if (here) left |= this.bit(`moments ${index}`);
				if (isAt(observation.against, event)) right |= this.bit(`moments ${index}`);
			}
		});
		return { reads, writes: 0, left, right };
	}

	private bit(object: string): number {
		let bit = this.bits.get(object);
		if (bit === undefined) {
			if (this.bits.size === 31)
				throw new Error('more than 31 shared objects and moments in one program');
			bit = 1 << this.bits.size;
			this.bits.set(object, bit);
		}
		return bit;
	}
}
