// SPDX-License-Identifier: MIT
/**
 * Finds every way in which the loads of a program can read from its stores.
 *
 * Threads run side by side. A load reads from a store that was made already, or waits for one (its thread is parked
 * until another store to that place is made). Where the load could be reordered after a store of its own thread, as in
 * LB, waiting would miss executions in which the two threads need each other's stores: its value is then guessed, and
 * the store that it came from must turn up later. Each choice of rf is found exactly once.
 */
import type { Value } from '../../schema/types/execution';
import type { Code, Write } from './action';
import { canBeDelayed } from './delay';
import { type Tree, treeOf } from './tree';

/** A store, by its place in the code. */
export interface Store {
	/** -1 for the initial value. */
	readonly thread: number;
	readonly action: number;
	readonly location: string;
	readonly value: Value;
}

export interface Reading {
	readonly thread: number;
	readonly action: number;
	readonly from: Store;
}

export interface Choice<End> {
	/** Where each thread ended. */
	readonly ends: readonly Tree<End>[];
	readonly readings: readonly Reading[];
}

interface Guess {
	readonly thread: number;
	readonly action: number;
	readonly location: string;
	readonly value: Value;
	readonly stores: boolean;
	/** Stores made so far: it reads from a later one. */
	readonly since: number;
}

interface State<End> {
	readonly trees: readonly Tree<End>[];
	/** For each thread -1, or how many stores there were when it was parked. */
	readonly parked: readonly number[];
	readonly stores: readonly Store[];
	/** Indexes of the stores that a successful read-modify-write has read: nobody else's may. */
	readonly taken: ReadonlySet<number>;
	readonly readings: readonly Reading[];
	readonly guesses: readonly Guess[];
}

export interface Program<End> {
	readonly init: Readonly<Record<string, Value>>;
	readonly threads: readonly Code<End>[];
	/** Every value that a location may come to have, and perhaps others. */
	domain(location: string): readonly Value[];
}

export function* choices<End>(program: Program<End>): Generator<Choice<End>> {
	const stores = Object.entries(program.init).map(([location, value]) => ({
		thread: -1,
		action: 0,
		location,
		value,
	}));
	let state: State<End> = {
		trees: program.threads.map(treeOf),
		parked: program.threads.map(() => -1),
		stores,
		taken: new Set(),
		readings: [],
		guesses: [],
	};
	state.trees.forEach((tree, thread) => {
		state = enter(state, thread, tree);
	});
	yield* search(program, state);
}

function* search<End>(program: Program<End>, state: State<End>): Generator<Choice<End>> {
	const { trees, parked, stores, taken } = state;
	const thread = trees.findIndex(
		({ read }, index) =>
			read !== null &&
			stores.some(({ location }, at) => at >= parked[index]! && location === read.location),
	);
	if (thread < 0) {
		if (trees.every(({ read }) => read === null)) yield* resolve(state);
		return;
	}
	const tree = trees[thread]!;
	const read = tree.read!;
	const { location } = read;
	const own = stores.findLastIndex((each) => each.thread === thread && each.location === location);
	const from = Math.max(parked[thread]!, 0);
	for (let index = from; index < stores.length; index++) {
		const store = stores[index]!;
		if (store.location !== location) continue;
		// A thread does not see what was there before its own store, which its latest one replaced.
		if (own >= 0 && (store.thread < 0 || (store.thread === thread && index < own))) continue;
		const succeeds = read.update !== undefined && read.update(store.value) !== undefined;
		if (read.blocks && !succeeds) continue;
		if (succeeds && taken.has(index)) continue;
		const next: State<End> = {
			...state,
			parked: parked.with(thread, -1),
			taken: succeeds ? new Set(taken).add(index) : taken,
			readings: [...state.readings, { thread, action: tree.at, from: store }],
		};
		yield* search(program, enter(next, thread, tree.after(store.value)));
	}
	const later = trees.some(
		({ read: waits, code }, other) => other !== thread && waits !== null && code.mayWrite(location),
	);
	if (!later) return;
	const values = program.domain(location);
	if (parked[thread]! < 0 && canBeDelayed(tree, values, program)) {
		for (const value of values) {
			const succeeds = read.update !== undefined && read.update(value) !== undefined;
			if (read.blocks && !succeeds) continue;
			const { at: action } = tree;
			const guess = { thread, action, location, value, stores: succeeds, since: stores.length };
			const next = { ...state, guesses: [...state.guesses, guess] };
			yield* search(program, enter(next, thread, tree.after(value)));
		}
	} else yield* search(program, { ...state, parked: parked.with(thread, stores.length) });
}

/** Makes the stores that stand between two reads. */
function enter<End>(state: State<End>, thread: number, tree: Tree<End>): State<End> {
	const before = state.trees[thread]!;
	const made: Store[] = [];
	if (before !== tree && before.read?.update) {
		const value = before.read.update(tree.values.at(-1)!);
		if (value !== undefined)
			made.push({ thread, action: before.at, location: before.read.location, value });
	}
	tree.actions.forEach((action, index) => {
		if (action.kind === 'write')
			made.push({ thread, action: tree.first + index, ...written(action) });
	});
	return { ...state, trees: state.trees.with(thread, tree), stores: [...state.stores, ...made] };
}

const written = ({ location, value }: Write) => ({ location, value });

/** Finds the stores that guessed values came from. */
function* resolve<End>(state: State<End>): Generator<Choice<End>> {
	const [guess, ...guesses] = state.guesses;
	if (!guess) {
		yield { ends: state.trees, readings: state.readings };
		return;
	}
	const { thread, action, location, value, since, stores } = guess;
	for (let index = since; index < state.stores.length; index++) {
		const from = state.stores[index]!;
		if (from.location !== location || from.value !== value || from.thread === thread) continue;
		if (stores && state.taken.has(index)) continue;
		yield* resolve({
			...state,
			guesses,
			taken: stores ? new Set(state.taken).add(index) : state.taken,
			readings: [...state.readings, { thread, action, from }],
		});
	}
}
