// SPDX-License-Identifier: MIT
/**
 * Finds every way in which the loads of a program can read from its stores.
 *
 * Threads run side by side. A load reads from a store that was made already, or its thread is parked until another
 * store to that location is made. Where the load could be reordered after a store of its own thread, as in LB, parking
 * would miss executions in which two threads need each other's stores: the search then guesses the value, and a later
 * store must match the guess. Each choice of rf is found exactly once.
 */
import type { Value } from '../../schema/types/execution';
import type { Read } from './action';
import { canBeDelayed } from './delay';
import { INITIAL } from './layout';
import type { Program } from './program';
import { type Tree, treeOf } from './tree';

/** A store, identified by its thread and the index of its action. */
export interface Store {
	/** INITIAL for the initial value. */
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
	/** For each thread the node at which it ended. */
	readonly trees: readonly Tree<End>[];
	readonly ends: readonly End[];
	readonly readings: readonly Reading[];
}

interface Guess {
	readonly thread: number;
	readonly action: number;
	readonly location: string;
	readonly value: Value;
	/** True for a read-modify-write that stores. */
	readonly stores: boolean;
	/** Number of stores made before: the load reads from a later one. */
	readonly since: number;
}

interface State<End> {
	readonly trees: readonly Tree<End>[];
	/** For each thread the number of stores when it was parked, or RUNNING. */
	readonly parked: readonly number[];
	readonly stores: readonly Store[];
	/** Indexes of the stores that a successful read-modify-write has read: no other one may read them. */
	readonly taken: ReadonlySet<number>;
	readonly readings: readonly Reading[];
	readonly guesses: readonly Guess[];
}

const RUNNING = -1;

export function* choices<End>(program: Program<End>): Generator<Choice<End>> {
	const stores = Object.entries(program.init).map(([location, value]) => ({
		thread: INITIAL,
		action: 0,
		location,
		value,
	}));
	let state: State<End> = {
		trees: program.threads.map(treeOf),
		parked: program.threads.map(() => RUNNING),
		stores,
		taken: new Set(),
		readings: [],
		guesses: [],
	};
	for (const [thread, tree] of state.trees.entries())
		state = { ...state, stores: [...state.stores, ...writesOf(tree, thread)] };
	yield* search(program, state);
}

/** A thread that waits at a read. */
interface Waiting<End> {
	readonly thread: number;
	readonly tree: Tree<End>;
	readonly read: Read;
	readonly parkedAt: number;
}

function* search<End>(program: Program<End>, state: State<End>): Generator<Choice<End>> {
	const waiting = nextReader(state);
	if (!waiting) {
		if (state.trees.every(({ read }) => read === null)) yield* resolve(state);
		return;
	}
	const { thread, tree, read, parkedAt } = waiting;
	yield* readFromStores(program, state, waiting);
	const isStoredLater = state.trees.some(
		(other, index) => index !== thread && other.read && other.code.mayWrite(read.location),
	);
	if (!isStoredLater) return;
	const values = program.domain(read.location);
	if (parkedAt === RUNNING && canBeDelayed(tree, values, program))
		yield* guess(program, state, waiting, values);
	else {
		const parked = state.parked.with(thread, state.stores.length);
		yield* search(program, { ...state, parked });
	}
}

/** The first thread whose read finds a store that was made since the thread was parked. */
function nextReader<End>({ trees, parked, stores }: State<End>): Waiting<End> | null {
	for (const [thread, tree] of trees.entries()) {
		const { read } = tree;
		const parkedAt = parked[thread] ?? RUNNING;
		if (read && stores.some(({ location }, at) => at >= parkedAt && location === read.location))
			return { thread, tree, read, parkedAt };
	}
	return null;
}

/** Continues with each store that the read may read from. */
function* readFromStores<End>(
	program: Program<End>,
	state: State<End>,
	{ thread, tree, read, parkedAt }: Waiting<End>,
): Generator<Choice<End>> {
	const { stores, taken } = state;
	const { location } = read;
	const own = stores.findLastIndex((each) => each.thread === thread && each.location === location);
	for (const [index, store] of stores.entries()) {
		if (index < parkedAt || store.location !== location) continue;
		// A thread's latest store hides the initial value and its own earlier stores from it.
		if (own >= 0 && (store.thread === INITIAL || (store.thread === thread && index < own)))
			continue;
		const succeeds = storesOn(read, store.value);
		if ((read.blocks && !succeeds) || (succeeds && taken.has(index))) continue;
		const next: State<End> = {
			...state,
			parked: state.parked.with(thread, RUNNING),
			taken: succeeds ? new Set(taken).add(index) : taken,
			readings: [...state.readings, { thread, action: tree.at, from: store }],
		};
		yield* search(program, enter(next, thread, tree, store.value));
	}
}

/** Continues with each value that a later store may bring. */
function* guess<End>(
	program: Program<End>,
	state: State<End>,
	{ thread, tree, read }: Waiting<End>,
	values: readonly Value[],
): Generator<Choice<End>> {
	for (const value of values) {
		const stores = storesOn(read, value);
		if (read.blocks && !stores) continue;
		const { location } = read;
		const guessed = {
			thread,
			action: tree.at,
			location,
			value,
			stores,
			since: state.stores.length,
		};
		const next = { ...state, guesses: [...state.guesses, guessed] };
		yield* search(program, enter(next, thread, tree, value));
	}
}

const storesOn = ({ update }: Read, value: Value): boolean => update?.(value) !== undefined;

/** Gives a read its value, and makes the stores up to the next read. */
function enter<End>(state: State<End>, thread: number, tree: Tree<End>, value: Value): State<End> {
	const next = tree.after(value);
	const made: Store[] = [];
	const stored = tree.read?.update?.(value);
	if (tree.read && stored !== undefined)
		made.push({ thread, action: tree.at, location: tree.read.location, value: stored });
	made.push(...writesOf(next, thread));
	return {
		...state,
		trees: state.trees.with(thread, next),
		stores: [...state.stores, ...made],
	};
}

const writesOf = ({ actions, first }: Tree<unknown>, thread: number): Store[] =>
	actions.flatMap((action, index) => {
		if (action.kind !== 'write') return [];
		const { location, value } = action;
		return [{ thread, action: first + index, location, value }];
	});

/** Finds the stores that guessed values came from. */
function* resolve<End>(state: State<End>): Generator<Choice<End>> {
	const { trees, readings, taken } = state;
	const [guessed, ...guesses] = state.guesses;
	if (!guessed) {
		yield { trees, readings, ends: trees.flatMap(({ end }) => (end === null ? [] : [end])) };
		return;
	}
	const { thread, action, location, value, since, stores } = guessed;
	for (const [index, from] of state.stores.entries()) {
		if (index < since || from.thread === thread) continue;
		if (from.location !== location || from.value !== value) continue;
		if (stores && taken.has(index)) continue;
		yield* resolve({
			...state,
			guesses,
			taken: stores ? new Set(taken).add(index) : taken,
			readings: [...readings, { thread, action, from }],
		});
	}
}
