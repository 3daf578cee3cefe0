// SPDX-License-Identifier: MIT
/**
 * Binary relations over the events of a candidate execution, with the operators of cat. A relation is a matrix of bits, a
 * row of 32-bit words for each event; indexes into it are in range by construction, hence the non-null assertions.
 */

/** A set of events by their ids, a bit each. */
export type EventSet = Int32Array;

export class Relation {
	private readonly words: number;

	private constructor(
		readonly size: number,
		private readonly bits: Int32Array,
	) {
		this.words = (size + 31) >>> 5;
	}

	static empty(size: number): Relation {
		return new Relation(size, new Int32Array(size * ((size + 31) >>> 5)));
	}

	/** All pairs that satisfy the predicate. */
	static of(size: number, holds: (a: number, b: number) => boolean): Relation {
		const result = Relation.empty(size);
		for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) if (holds(a, b)) result.add(a, b);
		return result;
	}

	static union(first: Relation, ...others: readonly Relation[]): Relation {
		const bits = first.bits.slice();
		for (const other of others)
			for (let word = 0; word < bits.length; word++) bits[word]! |= other.bits[word]!;
		return new Relation(first.size, bits);
	}

	add(a: number, b: number): void {
		this.bits[a * this.words + (b >>> 5)]! |= 1 << (b & 31);
	}

	has(a: number, b: number): boolean {
		return ((this.bits[a * this.words + (b >>> 5)]! >>> (b & 31)) & 1) === 1;
	}

	and(other: Relation): Relation {
		return new Relation(
			this.size,
			this.bits.map((word, index) => word & other.bits[index]!),
		);
	}

	minus(other: Relation): Relation {
		return new Relation(
			this.size,
			this.bits.map((word, index) => word & ~other.bits[index]!),
		);
	}

	/** [set] ; this */
	from(set: EventSet): Relation {
		const bits = this.bits.slice();
		for (let a = 0; a < this.size; a++)
			if (!isIn(set, a)) bits.fill(0, a * this.words, (a + 1) * this.words);
		return new Relation(this.size, bits);
	}

	/** this ; [set] */
	to(set: EventSet): Relation {
		return new Relation(
			this.size,
			this.bits.map((word, index) => word & set[index % this.words]!),
		);
	}

	/** this ; next ; ... */
	seq(next: Relation, ...others: readonly Relation[]): Relation {
		const { size, words } = this;
		const bits = new Int32Array(size * words);
		for (let a = 0; a < size; a++)
			for (let column = 0; column < words; column++)
				for (let rest = this.bits[a * words + column]!; rest !== 0; rest &= rest - 1) {
					const middle = column * 32 + 31 - Math.clz32(rest & -rest);
					for (let word = 0; word < words; word++)
						bits[a * words + word]! |= next.bits[middle * words + word]!;
				}
		const result = new Relation(size, bits);
		const [following, ...later] = others;
		return following ? result.seq(following, ...later) : result;
	}

	inverse(): Relation {
		const result = Relation.empty(this.size);
		for (const [a, b] of this.pairs()) result.add(b, a);
		return result;
	}

	/** this? */
	optional(): Relation {
		const result = new Relation(this.size, this.bits.slice());
		for (let a = 0; a < this.size; a++) result.add(a, a);
		return result;
	}

	/** this+ */
	plus(): Relation {
		const { size, words } = this;
		const bits = this.bits.slice();
		for (let middle = 0; middle < size; middle++)
			for (let a = 0; a < size; a++)
				if ((bits[a * words + (middle >>> 5)]! >>> (middle & 31)) & 1)
					for (let word = 0; word < words; word++)
						bits[a * words + word]! |= bits[middle * words + word]!;
		return new Relation(size, bits);
	}

	/** this* */
	star(): Relation {
		return this.plus().optional();
	}

	isEmpty(): boolean {
		return this.bits.every((word) => word === 0);
	}

	isIrreflexive(): boolean {
		for (let a = 0; a < this.size; a++) if (this.has(a, a)) return false;
		return true;
	}

	isAcyclic(): boolean {
		return this.plus().isIrreflexive();
	}

	equals(other: Relation): boolean {
		return this.bits.every((word, index) => word === other.bits[index]);
	}

	pairs(): [number, number][] {
		const { size, words } = this;
		const found: [number, number][] = [];
		for (let a = 0; a < size; a++)
			for (let column = 0; column < words; column++)
				for (let rest = this.bits[a * words + column]!; rest !== 0; rest &= rest - 1)
					found.push([a, column * 32 + 31 - Math.clz32(rest & -rest)]);
		return found;
	}
}

export function setOf(size: number, members: Iterable<{ readonly id: number }>): EventSet {
	const set = new Int32Array((size + 31) >>> 5);
	for (const { id } of members) set[id >>> 5]! |= 1 << (id & 31);
	return set;
}

const isIn = (set: EventSet, event: number): boolean =>
	((set[event >>> 5]! >>> (event & 31)) & 1) === 1;
