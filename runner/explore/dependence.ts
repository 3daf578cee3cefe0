// SPDX-License-Identifier: MIT
/** Computes the footprints of the events of one exploration. Those that many events have are made once. */
import type { Event } from '../../schema/types/execution';
import { isAt, type Observation } from '../library/observation';
import { type Footprint, footprintOf, NO_EFFECT } from './footprint';
import { sectionLeft, sectionsAwaited } from './sections';

/** The fields of a dax_device. */
const MEMORY = ['holder_data', 'holder_ops', 'flags', 'i_count', 'private', 'ops'];

/** Bits of a mask: a JavaScript bitwise operand has 32, one of them the sign. */
const MAX_OBJECTS = 31;

/** The footprints of the events of one object. */
interface ObjectFootprints {
	readonly bit: number;
	readonly read: Footprint;
	readonly write: Footprint;
	readonly lock: Footprint;
	readonly unlock: Footprint;
	readonly entry: Footprint;
	readonly snapshot: Footprint;
	/** By the number of the section, and by the number that the sections are below. */
	readonly leaves: Footprint[];
	readonly awaits: Footprint[];
}

export class Dependence {
	/** Each object of the exploration has a bit. */
	private readonly objects = new Map<string, ObjectFootprints>();
	private memory: Footprint | undefined;

	constructor(private readonly observations: readonly Observation[] = []) {}

	/** Computes the footprint of each event of an execution. known: those of the first events. */
	footprints(events: readonly Event[], known: readonly Footprint[] = []): Footprint[] {
		const footprints = known.slice();
		for (let index = known.length; index < events.length; index++)
			footprints.push(this.footprint(events, index));
		return footprints;
	}

	/** Footprint of a lock of a mutex. */
	lock(object: string): Footprint {
		return this.of(object).lock;
	}

	private footprint(events: readonly Event[], index: number): Footprint {
		const event = events[index]!;
		const { op, object } = event;
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
				return this.of(object).entry;
			case 'sync-begin':
				return this.of(object).snapshot;
			case 'srcu-unlock':
				return this.unlock(object, sectionLeft(events, index));
			case 'sync-end': {
				const awaited = sectionsAwaited(events, index);
				return awaited ? this.wait(awaited.object, awaited.below) : NO_EFFECT;
			}
		}
	}

	private unlock(object: string, section: number | undefined): Footprint {
		if (section === undefined) return NO_EFFECT;
		const { bit, leaves } = this.of(object);
		leaves[section] ??= footprintOf({ leaves: bit, section });
		return leaves[section];
	}

	private wait(object: string, below: number): Footprint {
		const { bit, awaits } = this.of(object);
		awaits[below] ??= footprintOf({ awaits: bit, below });
		return awaits[below];
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
			leaves: [],
			awaits: [],
		};
		this.objects.set(object, added);
		return added;
	}
}
