// SPDX-License-Identifier: MIT
/** The relations of events that are the same for every choice of rf and co. */
import type { Dependencies, Fence } from './action';
import { INITIAL, type Layout, type MemoryEvent } from './layout';
import { type EventSet, Relation, setOf } from './relation';

export class Skeleton {
	readonly events: readonly MemoryEvent[];
	/** Program order, with the events of sections and grace periods. */
	readonly po: Relation;
	readonly rmw: Relation;
	readonly addr: Relation;
	readonly data: Relation;
	readonly ctrl: Relation;
	/** From the begin of each read section to its end. */
	readonly sections: Relation;
	/** Pairs of events of different threads. */
	readonly ext: Relation;
	private readonly fences: Layout['fences'];

	constructor({ events, fences }: Layout) {
		this.events = events;
		this.fences = fences;
		const depends = (kind: keyof Dependencies) =>
			this.relation((a, b) => a.thread === b.thread && b.depends[kind].includes(a.read));
		this.po = this.relation(
			(a, b) => a.thread !== INITIAL && a.thread === b.thread && a.place < b.place,
		);
		this.ext = this.relation((a, b) => a.thread !== b.thread);
		this.rmw = this.relation((a, b) => a.kind === 'read' && a.rmw === b);
		this.addr = depends('addr');
		this.data = depends('data');
		this.ctrl = depends('ctrl');
		this.sections = this.relation(
			(a, b) =>
				b.kind === 'section-end' &&
				a.kind === 'section-begin' &&
				a.thread === b.thread &&
				a.section === b.section,
		);
	}

	/** All pairs of events that satisfy the predicate. */
	relation(holds: (a: MemoryEvent, b: MemoryEvent) => boolean): Relation {
		const { events } = this;
		const result = Relation.empty(events.length);
		for (const a of events) for (const b of events) if (holds(a, b)) result.add(a.id, b.id);
		return result;
	}

	/** Pairs of events of one thread with a fence of one of these kinds between them. */
	fenced(...kinds: readonly Fence[]): Relation {
		const between = this.fences.filter(({ fence }) => kinds.includes(fence));
		if (between.length === 0) return Relation.empty(this.events.length);
		return this.relation((a, b) =>
			between.some(
				({ thread, place }) =>
					thread === a.thread && thread === b.thread && a.place < place && place < b.place,
			),
		);
	}

	set(holds: (event: MemoryEvent) => boolean): EventSet {
		return setOf(this.events.length, this.events.filter(holds));
	}
}
