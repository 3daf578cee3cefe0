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

/** True if a's synchronize_srcu() waited for b's read section: a cannot come first. */
export const waitsFor = (a: Footprint, b: Footprint): boolean =>
	(a.awaits & b.leaves) !== 0 && b.section < a.below;

/** Lists every key, so that all footprints have one layout in memory. */
export function footprintOf(effect: Partial<Footprint>): Footprint {
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

export const NO_EFFECT = footprintOf({});

/** True if the event depends on no other. */
export const isEffectless = (footprint: Footprint): boolean => footprint === NO_EFFECT;
