// SPDX-License-Identifier: MIT
/**
 * When do two events of different agents depend on each other, so that their order matters?
 *
 * - Two accesses of one object, when one of them writes. A failed cmpxchg only reads.
 * - srcu_read_lock() and the look of synchronize_srcu(): who is seen reading depends on their order.
 * - srcu_read_unlock() and the end of the wait, when that reader was seen. It can only come first.
 * - Calls and returns, only where an expectation looks at that moment: it then reads fields, or is ordered against
 *   another moment.
 */
import type { Event } from '../../schema/types/execution';
import { isAt, type Observation } from '../library/observation';

/** What an event touches. Sets of objects are bits. */
export interface Footprint {
	readonly reads: number;
	readonly writes: number;
	/** Two sides of a relation within which only opposite sides depend on each other. */
	readonly srcuEntry: number;
	readonly srcuSnapshot: number;
	/** The mutex that it takes, and the one that it gives back. */
	readonly locks?: string;
	readonly unlocks?: string;
	/** The read section that it ends. */
	readonly leaves?: number;
	/** The read sections that it had to wait for. */
	readonly awaits?: ReadonlySet<number>;
}

export function dependent(a: Footprint, b: Footprint): boolean {
	return (
		((a.writes & (b.reads | b.writes)) |
			(a.reads & b.writes) |
			(a.srcuEntry & b.srcuSnapshot) |
			(a.srcuSnapshot & b.srcuEntry)) !==
			0 ||
		waitsFor(a, b) ||
		waitsFor(b, a)
	);
}

const NOTHING: Footprint = { reads: 0, writes: 0, srcuEntry: 0, srcuSnapshot: 0 };

/** The fields of a dax_device. */
const MEMORY = ['holder_data', 'holder_ops', 'flags', 'i_count', 'private', 'ops'];

/** Sections are numbered from 0. */
const NO_SECTION = -1;

/** Had a wait to wait for the end of that read section? Then the wait cannot come first. */
export const waitsFor = (a: Footprint, b: Footprint): boolean =>
	a.awaits?.has(b.leaves ?? NO_SECTION) ?? false;

/** Knows the objects of one exploration by their bits. */
export class Dependence {
	private readonly bits = new Map<string, number>();

	constructor(private readonly observations: readonly Observation[] = []) {}

	/** What each event of an execution touches. */
	footprints(events: readonly Event[]): Footprint[] {
		const sections = new Sections();
		return events.map((event) => this.footprint(event, sections));
	}

	/** What taking a mutex would touch. */
	lock(object: string): Footprint {
		return { ...NOTHING, writes: this.bit(object), locks: object };
	}

	private footprint(event: Event, sections: Sections): Footprint {
		const { op, object, agent } = event;
		switch (op) {
			case 'call':
			case 'return':
				return this.observations.length === 0 ? NOTHING : this.moment(event);
			case 'read':
				return { ...NOTHING, reads: this.bit(object) };
			case 'rmw':
				// A device in memory that was given back: until then, whoever touched it touched freed memory.
				if (object === 'i_count' && event.old === 0 && event.new !== 0)
					return { ...NOTHING, writes: this.memory() };
				if (event.old === event.new) return { ...NOTHING, reads: this.bit(object) };
				return { ...NOTHING, writes: this.bit(object) };
			case 'write':
				return { ...NOTHING, writes: this.bit(object) };
			case 'lock':
				return this.lock(object);
			case 'unlock':
				return { ...NOTHING, writes: this.bit(object), unlocks: object };
			case 'free':
				return { ...NOTHING, writes: this.memory() };
			case 'srcu-lock':
				sections.enter(agent, object);
				return { ...NOTHING, srcuEntry: this.bit(object) };
			case 'sync-begin':
				sections.look(agent, object);
				return { ...NOTHING, srcuSnapshot: this.bit(object) };
			case 'srcu-unlock':
				return { ...NOTHING, leaves: sections.leave(agent, object) };
			case 'sync-end':
				return { ...NOTHING, awaits: sections.seen(agent) };
		}
	}

	private moment(event: Event): Footprint {
		let { reads, srcuEntry: left, srcuSnapshot: right } = NOTHING;
		this.observations.forEach((observation, index) => {
			const here = isAt(observation.moment, event);
			if ('fields' in observation) {
				if (here) for (const field of observation.fields) reads |= this.bit(field);
			} else {
				if (here) left |= this.bit(`moments ${index}`);
				if (isAt(observation.against, event)) right |= this.bit(`moments ${index}`);
			}
		});
		return { reads, writes: 0, srcuEntry: left, srcuSnapshot: right };
	}

	/** All of the device: what lies beside it, such as a lock, outlives it. */
	private memory(): number {
		return MEMORY.reduce((bits, object) => bits | this.bit(object), 0);
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

/**
 * The read sections of one execution. A synchronize_srcu() awaits every section that was entered before it looked,
 * also one that was left by then: whether an unlock comes before or after the look makes no difference.
 */
class Sections {
	private readonly entered = new Map<string, number[]>();
	private readonly open = new Map<string, number[]>();
	private readonly awaited = new Map<number, ReadonlySet<number>>();
	private count = 0;

	enter(agent: number, object: string): void {
		const section = this.count++;
		push(this.entered, object, section);
		push(this.open, `${agent} ${object}`, section);
	}

	leave(agent: number, object: string): number | undefined {
		return this.open.get(`${agent} ${object}`)?.pop();
	}

	look(agent: number, object: string): void {
		this.awaited.set(agent, new Set(this.entered.get(object)));
	}

	seen(agent: number): ReadonlySet<number> | undefined {
		return this.awaited.get(agent);
	}
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
