// SPDX-License-Identifier: MIT
/** The relations of events that every choice of rf and co leaves as they are. */
import type { Dependencies, Fence } from './action';
import type { Layout, MemoryEvent } from './layout';
import { type EventSet, Relation, setOf } from './relation';

export class Skeleton {
	readonly events: readonly MemoryEvent[];
	/** Program order, the events of sections and grace periods included. */
	readonly po: Relation;
	readonly rmw: Relation;
	readonly addr: Relation;
	readonly data: Relation;
	readonly ctrl: Relation;
	/** From the begin of each read section to its end. */
	readonly sections: Relation;
	/** Pairs of different threads. */
	readonly ext: Relation;

	constructor(private readonly layout: Layout) {
		const { events, reads } = layout;
		this.events = events;
		const relation = (holds: (a: MemoryEvent, b: MemoryEvent) => boolean) =>
			Relation.of(events.length, (a, b) => holds(events[a]!, events[b]!));
		const depends = (kind: keyof Dependencies) =>
			relation((a, b) => {
				if (a.thread !== b.thread || b.depends[kind].length === 0) return false;
				return b.depends[kind].some((read) => events[reads[a.thread]![read]!] === a);
			});
		this.po = relation((a, b) => a.thread >= 0 && a.thread === b.thread && a.place < b.place);
		this.ext = relation((a, b) => a.thread !== b.thread);
		this.rmw = Relation.of(
			events.length,
			(a, b) => events[a]!.rmw === b && events[a]!.kind === 'read',
		);
		this.addr = depends('addr');
		this.data = depends('data');
		this.ctrl = depends('ctrl');
		this.sections = relation((a, b) => {
			if (b.kind !== 'section-end' || a.kind !== 'section-begin' || a.thread !== b.thread)
				return false;
			return a === events.filter((each) => begins(each, b.thread))[b.ends];
		});
	}

	/** Pairs of a thread with such a fence between them. */
	fenced(...kinds: readonly Fence[]): Relation {
		const between = this.layout.fences.filter(({ fence }) => kinds.includes(fence));
		const { events } = this;
		if (between.length === 0) return Relation.empty(events.length);
		return Relation.of(events.length, (a, b) =>
			between.some(
				({ thread, place }) =>
					thread === events[a]!.thread &&
					thread === events[b]!.thread &&
					events[a]!.place < place &&
					place < events[b]!.place,
			),
		);
	}

	set(holds: (event: MemoryEvent) => boolean): EventSet {
		return setOf(this.events.length, (id) => holds(this.events[id]!));
	}
}

const begins = ({ kind, thread }: MemoryEvent, of: number): boolean =>
	kind === 'section-begin' && thread === of;
