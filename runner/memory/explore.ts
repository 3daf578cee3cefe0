// SPDX-License-Identifier: MIT
/**
 * The executions of a program that a memory model allows. Axiomatic: candidates are made from the paths of the threads,
 * and the axioms of the model judge each of them whole.
 */
import type { Value } from '../../schema/types/execution';
import { Candidate } from './candidate';
import { coherenceOrders } from './coherence';
import { Layout } from './layout';
import type { Axioms, Model } from './models/model';
import { type Choice, choices, type Program } from './search';
import { Skeleton } from './skeleton';

export interface Behaviour<End> {
	readonly ends: readonly End[];
	/** The values that last, by location. */
	readonly finals: ReadonlyMap<string, Value>;
	readonly candidate: Candidate;
	/** Pairs of events that race; empty unless they are asked for. */
	readonly racing: readonly [number, number][];
}

export interface Options<End> {
	/** What tells behaviours apart: of those that are alike only one is looked for. */
	distinct(behaviour: Pick<Behaviour<End>, 'ends' | 'finals'>): string;
	/** Look for data races in every allowed execution, those that are alike included. */
	readonly races?: boolean;
	/** Is told of each candidate that is judged. */
	onCandidate?(): void;
}

export function* explore<End>(
	program: Program<End>,
	model: Model,
	options: Options<End>,
): Generator<Behaviour<End>> {
	const known = new Set<string>();
	const skeletons = new Map<string, { skeleton: Skeleton; axioms: Axioms }>();
	const layouts = new Map<string, Layout>();
	for (const choice of choices(program)) {
		const key = choice.ends.map((tree) => tree.key).join();
		let layout = layouts.get(key);
		if (!layout) {
			layout = layoutOf(program.init, choice);
			layouts.set(key, layout);
		}
		const from = sourcesOf(layout, choice);
		const ends = choice.ends.map(({ end }) => end!);
		for (const orders of coherenceOrders(layout, from)) {
			const finals = finalsOf(layout, orders);
			const name = options.distinct({ ends, finals });
			if (known.has(name) && !options.races) continue;
			options.onCandidate?.();
			let entry = skeletons.get(key);
			if (!entry) {
				const skeleton = new Skeleton(layout);
				entry = { skeleton, axioms: model.axioms(skeleton) };
				skeletons.set(key, entry);
			}
			const { skeleton, axioms } = entry;
			const candidate = new Candidate(skeleton, from, orders);
			if (axioms.forbids(candidate) !== null) continue;
			const racing = (options.races && axioms.races?.(candidate)) || [];
			if (known.has(name) && racing.length === 0) continue;
			known.add(name);
			yield { ends, finals, candidate, racing };
		}
	}
}

function layoutOf<End>(init: Program<End>['init'], { ends }: Choice<End>): Layout {
	return new Layout(
		init,
		ends.map(({ code, values }) => ({ actions: code.path(values), values })),
	);
}

function sourcesOf<End>(layout: Layout, { readings }: Choice<End>): Map<number, number> {
	const initial = new Map(
		layout.events.flatMap(({ thread, location }, id) => (thread < 0 ? [[location, id]] : [])),
	);
	return new Map(
		readings.map(({ thread, action, from }) => [
			layout.find(thread, action, 'read'),
			from.thread < 0
				? initial.get(from.location)!
				: layout.find(from.thread, from.action, 'write'),
		]),
	);
}

function finalsOf({ events }: Layout, orders: readonly (readonly number[])[]): Map<string, Value> {
	return new Map(
		orders.map((order) => [events[order[0]!]!.location!, events[order.at(-1)!]!.value]),
	);
}
