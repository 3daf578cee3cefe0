// SPDX-License-Identifier: MIT
/** Computes the footprints of the events of one exploration. Those that many events have are made once. */
import type { Event } from '../../schema/types/execution';
import { isAt, type Observation } from '../library/observation';
import { type Footprint, footprintOf, NO_EFFECT } from './footprint';
import { sectionLeft, sectionsAwaited } from './sections';

/** The fields of a dax_device. */
const MEMORY = ['holder_data', 'holder_ops', 'flags', 'i_count', 'private', 'ops'];

/** Begins the names of the objects of the second device. */
const LOG = 'log.';

/** Bits of a mask: a JavaScript bitwise operand has 32, one of them the sign. */
const MAX_OBJECTS = 31;

/** The bit of an object, and the footprints of its events where there were some. */
interface ObjectFootprints {
	readonly bit: number;
	read?: Footprint;
	write?: Footprint;
	lock?: Footprint;
	unlock?: Footprint;
	entry?: Footprint;
	snapshot?: Footprint;
	/** By the number of the section, and by the number that the sections are below. */
	readonly leaves: Footprint[];
	readonly awaits: Footprint[];
}

export class Dependence {
	/** Each object of the exploration has a bit. */
	private readonly objects = new Map<string, ObjectFootprints>();
	private readonly memory = new Map<string, Footprint>();
	private lookup: Footprint | undefined;

	constructor(private readonly observations: readonly Observation[] = []) {}

	/** True if half of the bits have an object. */
	get isCrowded(): boolean {
		return this.objects.size > MAX_OBJECTS / 2;
	}

	/** Computes the footprint of each event of an execution. known: those of the first events. */
	footprints(events: readonly Event[], known: readonly Footprint[] = []): Footprint[] {
		const footprints = known.slice();
		for (let index = known.length; index < events.length; index++)
			footprints.push(this.footprint(events, index));
		return footprints;
	}

	/** Footprint of a lock of a mutex. */
	lock(object: string): Footprint {
		const of = this.of(object);
		of.lock ??= footprintOf({ writes: of.bit, locks: object });
		return of.lock;
	}

	private footprint(events: readonly Event[], index: number): Footprint {
		const event = events[index]!;
		const { op, object } = event;
		switch (op) {
			case 'call':
			case 'return':
				return this.observations.length === 0 ? NO_EFFECT : this.moment(event);
			case 'read':
				return this.read(object);
			case 'rmw':
				// An allocation that reuses freed memory: earlier accesses of the device were uses after free.
				if (event.old === 0 && event.new !== 0 && object.endsWith('i_count'))
					return this.allMemory(object);
				if (event.old !== event.new) return this.write(object);
				return object === 'i_count' ? this.failedLookup() : this.read(object);
			case 'write':
				return this.write(object);
			case 'lock':
				return this.lock(object);
			case 'unlock':
				return this.unlock(object);
			case 'free':
				return this.allMemory(object);
			case 'srcu-lock':
				return this.entry(object);
			case 'sync-begin':
				return this.snapshot(object);
			case 'srcu-unlock':
				return this.leave(object, sectionLeft(events, index));
			case 'sync-end': {
				const awaited = sectionsAwaited(events, index);
				return awaited ? this.wait(awaited.object, awaited.below) : NO_EFFECT;
			}
		}
	}

	private read(object: string): Footprint {
		const of = this.of(object);
		of.read ??= footprintOf({ reads: of.bit });
		return of.read;
	}

	private write(object: string): Footprint {
		const of = this.of(object);
		of.write ??= footprintOf({ writes: of.bit });
		return of.write;
	}

	private unlock(object: string): Footprint {
		const of = this.of(object);
		of.unlock ??= footprintOf({ writes: of.bit, unlocks: object });
		return of.unlock;
	}

	private entry(object: string): Footprint {
		const of = this.of(object);
		of.entry ??= footprintOf({ srcuEntry: of.bit });
		return of.entry;
	}

	private snapshot(object: string): Footprint {
		const of = this.of(object);
		of.snapshot ??= footprintOf({ srcuSnapshot: of.bit });
		return of.snapshot;
	}

	private leave(object: string, section: number | undefined): Footprint {
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

	/**
	 * A write of all fields of the device to which an object belongs. Locks are not among them: they outlive the device.
	 * An allocation finds no other device with its number, so it reads both counts.
	 */
	private allMemory(of: string): Footprint {
		const device = of.startsWith(LOG) ? LOG : '';
		const known = this.memory.get(device);
		if (known) return known;
		const { reads } = this.failedLookup();
		const writes = MEMORY.reduce((bits, object) => bits | this.of(device + object).bit, 0);
		const memory = footprintOf({ reads, writes });
		this.memory.set(device, memory);
		return memory;
	}

	/** A lookup that finds no device, or an igrab() that fails: it depends on what is found under both counts. */
	private failedLookup(): Footprint {
		this.lookup ??= footprintOf({
			reads: this.of('i_count').bit | this.of(`${LOG}i_count`).bit,
		});
		return this.lookup;
	}

	private of(object: string): ObjectFootprints {
		return this.objects.get(object) ?? this.add(object);
	}

	private add(object: string): ObjectFootprints {
		if (this.objects.size === MAX_OBJECTS)
			throw new Error(
				`more than ${MAX_OBJECTS} shared objects and moments in one program: split the vector`,
			);
		const added: ObjectFootprints = { bit: 1 << this.objects.size, leaves: [], awaits: [] };
		this.objects.set(object, added);
		return added;
	}
}
