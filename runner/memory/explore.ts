// SPDX-License-Identifier: MIT
/**
 * Yields the executions of a program that a memory model allows. The engine is axiomatic: it combines paths of the
 * threads into candidates, and the axioms of the model judge each candidate as a whole.
 */
import type { Value } from '../../schema/types/execution';
import { Candidate } from './candidate';
import { type CoherenceOrder, coherenceOrders, type ReadsFrom } from './coherence';
import { INITIAL, Layout } from './layout';
import type { Axioms, Model } from './models/model';
import type { Program } from './program';
import { type Choice, choices } from './search';
import { Skeleton } from './skeleton';

export interface Behaviour<End> {
	/** The end of each thread. */
	readonly ends: readonly End[];
	/** The last values, by location. */
	readonly finals: ReadonlyMap<string, Value>;
	readonly candidate: Candidate;
	/** Pairs of events that race; empty unless asked for. */
	readonly racing: readonly [number, number][];
}

export interface Options<End> {
	/** Gives a text that identifies a behaviour: of behaviours with the same text only the first is yielded. */
	distinct(behaviour: Pick<Behaviour<End>, 'ends' | 'finals'>): string;
	/** Looks for data races in every allowed execution; yields those with races even if they are not distinct. */
	readonly races?: boolean;
	/** Called before the axioms judge a candidate. */
	onCandidate?(): void;
}

export function* explore<End>(
	program: Program<End>,
	model: Model,
	options: Options<End>,
): Generator<Behaviour<End>> {
	const known = new Set<string>();
	const paths = new Map<string, Paths>();
	for (const choice of choices(program)) {
		const { ends, trees } = choice;
		const key = trees.map((tree) => tree.key).join();
		let combined = paths.get(key);
		if (!combined) {
			combined = new Paths(layoutOf(program.init, choice), model);
			paths.set(key, combined);
		}
		const from = sourcesOf(combined.layout, choice);
		for (const orders of coherenceOrders(combined.layout, from)) {
			const finals = finalsOf(orders);
			const name = options.distinct({ ends, finals });
			if (known.has(name) && !options.races) continue;
			options.onCandidate?.();
			const { skeleton, axioms } = combined;
			const candidate = new Candidate(skeleton, from, orders);
			if (axioms.forbids(candidate) !== null) continue;
			const racing = (options.races && axioms.races?.(candidate)) || [];
			if (known.has(name) && racing.length === 0) continue;
			known.add(name);
			yield { ends, finals, candidate, racing };
		}
	}
}

/** One path through each thread; skeleton and axioms are computed for the first candidate that needs them. */
class Paths {
	private computed: { readonly skeleton: Skeleton; readonly axioms: Axioms } | undefined;

	constructor(
		readonly layout: Layout,
		private readonly model: Model,
	) {}

	get skeleton(): Skeleton {
		return this.compute().skeleton;
	}

	get axioms(): Axioms {
		return this.compute().axioms;
	}

	private compute() {
		if (!this.computed) {
			const skeleton = new Skeleton(this.layout);
			this.computed = { skeleton, axioms: this.model.axioms(skeleton) };
		}
		return this.computed;
	}
}

const layoutOf = <End>(init: Program<End>['init'], { trees }: Choice<End>): Layout =>
	new Layout(
		init,
		trees.map(({ path, values }) => ({ actions: path, values })),
	);

function sourcesOf<End>(layout: Layout, { readings }: Choice<End>): ReadsFrom {
	const initial = new Map(
		layout.events.flatMap((event) =>
			event.thread === INITIAL ? [[event.location, event] as const] : [],
		),
	);
	return new Map(
		readings.map(({ thread, action, from }) => [
			layout.find(thread, action, 'read'),
			(from.thread === INITIAL && initial.get(from.location)) ||
				layout.find(from.thread, from.action, 'write'),
		]),
	);
}

const finalsOf = (orders: readonly CoherenceOrder[]): Map<string, Value> =>
	new Map(orders.map(({ location, stores }) => [location, stores.at(-1)?.value ?? null]));
