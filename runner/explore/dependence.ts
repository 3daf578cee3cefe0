// SPDX-License-Identifier: MIT
/**
 * Dependence of two events of different agents: their order matters. Dependent are
 *
 * - Two accesses of one object, when one of them writes. A failed cmpxchg only reads.
 * - srcu_read_lock() and the snapshot of synchronize_srcu(): their order decides which readers are awaited.
 * - srcu_read_unlock() and the end of the wait, when the snapshot has that reader. The unlock always comes first.
 * - Calls and returns, only where an expectation observes that moment: the moment then reads fields, or is ordered
 *   against another moment.
 */
import type { Event } from '../../schema/types/execution';
import { isAt, type Observation } from '../library/observation';

/** The objects that an event reads, writes, locks and waits for. Sets of objects are bit masks. */
export interface Footprint {
	readonly reads: number;
	readonly writes: number;
	/** Two sides of a relation: an entry depends on snapshots only, and a snapshot on entries only. */
	readonly srcuEntry: number;
	readonly srcuSnapshot: number;
	/** The mutexes that it takes and releases. */
	readonly locks?: string;
	readonly unlocks?: string;
	/** The read section that it ends. */
	readonly leaves?: number;
	/** The read sections that it waited for. */
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

/** Bits of a mask: a JavaScript bitwise operand has 32, one of them the sign. */
const MAX_OBJECTS = 31;

/** No section has this number: sections are numbered from 0. */
const NO_SECTION = -1;

/** True if a's synchronize_srcu() waited for b's read section: a cannot come first. */
export const waitsFor = (a: Footprint, b: Footprint): boolean =>
	a.awaits?.has(b.leaves ?? NO_SECTION) ?? false;

/** Assigns a bit to each object of one exploration, and computes footprints. */
export class Dependence {
	private readonly bits = new Map<string, number>();

	constructor(private readonly observations: readonly Observation[] = []) {}

	/** Computes the footprint of each event of an execution. */
	footprints(events: readonly Event[]): Footprint[] {
		const sections = new Sections();
		return events.map((event) => this.footprint(event, sections));
	}

	/** Footprint of a lock of a mutex. */
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
				// An allocation that reuses freed memory: earlier accesses of the device were uses after free.
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
				sections.snapshot(agent, object);
				return { ...NOTHING, srcuSnapshot: this.bit(object) };
			case 'srcu-unlock':
				return { ...NOTHING, leaves: sections.leave(agent, object) };
			case 'sync-end':
				return { ...NOTHING, awaits: sections.awaitedBy(agent) };
		}
	}

	private moment(event: Event): Footprint {
		let { reads, srcuEntry, srcuSnapshot } = NOTHING;
		this.observations.forEach((observation, index) => {
			const here = isAt(observation.moment, event);
			if ('fields' in observation) {
				if (here) for (const field of observation.fields) reads |= this.bit(field);
			} else {
				if (here) srcuEntry |= this.bit(`moments ${index}`);
				if (isAt(observation.against, event)) srcuSnapshot |= this.bit(`moments ${index}`);
			}
		});
		return { reads, writes: 0, srcuEntry, srcuSnapshot };
	}

	/** All fields of the device. Locks are not among them: they outlive the device. */
	private memory(): number {
		return MEMORY.reduce((bits, object) => bits | this.bit(object), 0);
	}

	private bit(object: string): number {
		let bit = this.bits.get(object);
		if (bit === undefined) {
			if (this.bits.size === MAX_OBJECTS)
				throw new Error(
					`more than ${MAX_OBJECTS} shared objects and moments in one program: split the vector`,
				);
			bit = 1 << this.bits.size;
			this.bits.set(object, bit);
		}
		return bit;
	}
}

/**
 * The read sections of one execution. A synchronize_srcu() awaits every section that was entered before its snapshot,
 * also a section that was left by then: the order of unlock and snapshot makes no difference.
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

	snapshot(agent: number, object: string): void {
		this.awaited.set(agent, new Set(this.entered.get(object)));
	}

	awaitedBy(agent: number): ReadonlySet<number> | undefined {
		return this.awaited.get(agent);
	}
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
