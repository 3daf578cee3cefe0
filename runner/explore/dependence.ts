// SPDX-License-Identifier: MIT
/**
 * Dependence of two events of different agents: their order matters. Dependent are
 *
 * - Two accesses of one object, when one of them writes. A failed cmpxchg only reads.
 * - srcu_read_lock() and the snapshot of synchronize_srcu(): their order decides which readers are awaited.
 * - srcu_read_unlock() and the end of the wait, when the snapshot has that reader. The unlock always comes first.
 * - Calls and returns, only where an expectation observes that moment: the moment then reads fields, or is ordered
 *   against another moment.
 *
 * An exploration asks dependent() some hundred times for each event. So a footprint has the same keys everywhere, sets of
 * objects are bit masks, and events with the same effect share one footprint: two comparisons take a few nanoseconds.
 */
import type { Event } from '../../schema/types/execution';
import { isAt, type Observation } from '../library/observation';

/** The objects that an event reads, writes, locks and waits for. */
export interface Footprint {
	/** Bit masks of objects. */
	readonly reads: number;
	readonly writes: number;
	/** Two sides of a relation: an entry depends on snapshots only, and a snapshot on entries only. */
	readonly srcuEntry: number;
	readonly srcuSnapshot: number;
	/** The mutexes that it takes and releases. */
	readonly locks: string | undefined;
	readonly unlocks: string | undefined;
	/** The SRCU domain of the read section that it ends, a bit; 0 for other events. Sections of a domain have numbers. */
	readonly leaves: number;
	readonly section: number;
	/** The domain in which it waited, a bit, for sections below a number; 0 for other events. */
	readonly awaits: number;
	readonly below: number;
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

const NO_EFFECT = footprintOf({});

/** True if the event depends on no other. */
export const isEffectless = (footprint: Footprint): boolean => footprint === NO_EFFECT;

/** Lists every key, so that all footprints have one layout in memory. */
function footprintOf(effect: Partial<Footprint>): Footprint {
	return {
		reads: effect.reads ?? 0,
		writes: effect.writes ?? 0,
		srcuEntry: effect.srcuEntry ?? 0,
		srcuSnapshot: effect.srcuSnapshot ?? 0,
		locks: effect.locks,
		unlocks: effect.unlocks,
		leaves: effect.leaves ?? 0,
		section: effect.section ?? 0,
		awaits: effect.awaits ?? 0,
		below: effect.below ?? 0,
	};
}

/** The fields of a dax_device. */
const MEMORY = ['holder_data', 'holder_ops', 'flags', 'i_count', 'private', 'ops'];

/** Bits of a mask: a JavaScript bitwise operand has 32, one of them the sign. */
const MAX_OBJECTS = 31;

/** True if a's synchronize_srcu() waited for b's read section: a cannot come first. */
export const waitsFor = (a: Footprint, b: Footprint): boolean =>
	(a.awaits & b.leaves) !== 0 && b.section < a.below;

/** The footprints of the events of one object. */
interface ObjectFootprints {
	readonly bit: number;
	readonly read: Footprint;
	readonly write: Footprint;
	readonly lock: Footprint;
	readonly unlock: Footprint;
	readonly entry: Footprint;
	readonly snapshot: Footprint;
}

/** Assigns a bit to each object of one exploration, and computes footprints. */
export class Dependence {
	private readonly objects = new Map<string, ObjectFootprints>();
	private memory: Footprint | undefined;

	constructor(private readonly observations: readonly Observation[] = []) {}

	/**
	 * Computes the footprint of each event of an execution. The first of them may be known, those of equal events of an
	 * earlier execution.
	 */
	footprints(events: readonly Event[], known: readonly Footprint[] = []): Footprint[] {
		const sections = new Sections();
		return events.map((event, index) => {
			const footprint = known[index];
			if (footprint) sections.follow(event);
			return footprint ?? this.footprint(event, sections);
		});
	}

	/** Footprint of a lock of a mutex. */
	lock(object: string): Footprint {
		return this.of(object).lock;
	}

	private footprint(event: Event, sections: Sections): Footprint {
		const { op, object, agent } = event;
		switch (op) {
			case 'call':
			case 'return':
				return this.observations.length === 0 ? NO_EFFECT : this.moment(event);
			case 'read':
				return this.of(object).read;
			case 'rmw':
				// An allocation that reuses freed memory: earlier accesses of the device were uses after free.
				if (object === 'i_count' && event.old === 0 && event.new !== 0) return this.allMemory();
				return event.old === event.new ? this.of(object).read : this.of(object).write;
			case 'write':
				return this.of(object).write;
			case 'lock':
				return this.of(object).lock;
			case 'unlock':
				return this.of(object).unlock;
			case 'free':
				return this.allMemory();
			case 'srcu-lock':
				sections.follow(event);
				return this.of(object).entry;
			case 'sync-begin':
				sections.follow(event);
				return this.of(object).snapshot;
			case 'srcu-unlock': {
				const section = sections.leave(agent, object);
				if (section === undefined) return NO_EFFECT;
				return footprintOf({ leaves: this.of(object).bit, section });
			}
			case 'sync-end': {
				const awaited = sections.awaitedBy(agent);
				if (!awaited) return NO_EFFECT;
				return footprintOf({ awaits: this.of(awaited.object).bit, below: awaited.below });
			}
		}
	}

	private moment(event: Event): Footprint {
		let [reads, srcuEntry, srcuSnapshot] = [0, 0, 0];
		this.observations.forEach((observation, index) => {
			const here = isAt(observation.moment, event);
			if ('fields' in observation) {
				if (here) for (const field of observation.fields) reads |= this.of(field).bit;
			} else {
				if (here) srcuEntry |= this.of(`moments ${index}`).bit;
				if (isAt(observation.against, event)) srcuSnapshot |= this.of(`moments ${index}`).bit;
			}
		});
		if ((reads | srcuEntry | srcuSnapshot) === 0) return NO_EFFECT;
		return footprintOf({ reads, srcuEntry, srcuSnapshot });
	}

	/** A write of all fields of the device. Locks are not among them: they outlive the device. */
	private allMemory(): Footprint {
		this.memory ??= footprintOf({
			writes: MEMORY.reduce((bits, object) => bits | this.of(object).bit, 0),
		});
		return this.memory;
	}

	private of(object: string): ObjectFootprints {
		return this.objects.get(object) ?? this.add(object);
	}

	private add(object: string): ObjectFootprints {
		if (this.objects.size === MAX_OBJECTS)
			throw new Error(
				`more than ${MAX_OBJECTS} shared objects and moments in one program: split the vector`,
			);
		const bit = 1 << this.objects.size;
		const added: ObjectFootprints = {
			bit,
			read: footprintOf({ reads: bit }),
			write: footprintOf({ writes: bit }),
			lock: footprintOf({ writes: bit, locks: object }),
			unlock: footprintOf({ writes: bit, unlocks: object }),
			entry: footprintOf({ srcuEntry: bit }),
			snapshot: footprintOf({ srcuSnapshot: bit }),
		};
		this.objects.set(object, added);
		return added;
	}
}

/** Sections that a synchronize_srcu() awaits: those of a domain with lower numbers. */
interface Awaited {
	readonly object: string;
	readonly below: number;
}

/**
 * The read sections of one execution, numbered within their domain. A synchronize_srcu() awaits every section that was
 * entered before its snapshot, also a section that was left by then: the order of unlock and snapshot makes no difference.
 */
class Sections {
	private readonly entered = new Map<string, number>();
	private readonly open = new Map<string, number[]>();
	private readonly awaited = new Map<number, Awaited>();

	/** Takes an event into account. */
	follow({ op, agent, object }: Event): void {
		if (op === 'srcu-lock') this.enter(agent, object);
		else if (op === 'srcu-unlock') this.leave(agent, object);
		else if (op === 'sync-begin')
			this.awaited.set(agent, { object, below: this.entered.get(object) ?? 0 });
	}

	/** Number of the section that an agent ends; undefined if it is in none. */
	leave(agent: number, object: string): number | undefined {
		return this.open.get(`${agent} ${object}`)?.pop();
	}

	awaitedBy(agent: number): Awaited | undefined {
		return this.awaited.get(agent);
	}

	private enter(agent: number, object: string): void {
		const section = this.entered.get(object) ?? 0;
		this.entered.set(object, section + 1);
		const key = `${agent} ${object}`;
		const list = this.open.get(key);
		if (list) list.push(section);
		else this.open.set(key, [section]);
	}
}
