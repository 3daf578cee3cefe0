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
	// A stack of states, because each level of a recursive generator would pass on every choice below it.
	const open = [state];
	for (let next = open.pop(); next; next = open.pop()) {
		const waiting = nextReader(next);
		if (waiting) open.push(...successors(program, next, waiting).reverse());
		else if (next.trees.every(({ read }) => read === null)) yield* resolve(next);
	}
}

/** A thread that waits at a read. */
interface Waiting<End> {
	readonly thread: number;
	readonly tree: Tree<End>;
	readonly read: Read;
	readonly parkedAt: number;
}

/** The states after the read of a waiting thread, in the order in which they are searched. */
function successors<End>(
	program: Program<End>,
	state: State<End>,
	waiting: Waiting<End>,
): State<End>[] {
	const { thread, tree, read, parkedAt } = waiting;
	const found = readFromStores(state, waiting);
	const isStoredLater = state.trees.some(
		(other, index) => index !== thread && other.read && other.code.mayWrite(read.location),
	);
	if (!isStoredLater) return found;
	const values = program.domain(read.location);
	if (parkedAt === RUNNING && canBeDelayed(tree, values, program))
		return [...found, ...guess(state, waiting, values)];
	return [...found, { ...state, parked: state.parked.with(thread, state.stores.length) }];
}

/** The first thread whose read finds a store that was made since the thread was parked. */
function nextReader<End>({ trees, parked, stores }: State<End>): Waiting<End> | null {
	for (let thread = 0; thread < trees.length; thread++) {
		const tree = trees[thread]!;
		const parkedAt = parked[thread] ?? RUNNING;
		const { read } = tree;
		if (!read) continue;
		for (let at = Math.max(parkedAt, 0); at < stores.length; at++)
			if (stores[at]!.location === read.location) return { thread, tree, read, parkedAt };
	}
	return null;
}

/** The states after each store that the read may read from. */
function readFromStores<End>(
	state: State<End>,
	{ thread, tree, read, parkedAt }: Waiting<End>,
): State<End>[] {
	const { stores, taken } = state;
	const { location } = read;
	const found: State<End>[] = [];
	const own = stores.findLastIndex((each) => each.thread === thread && each.location === location);
	for (let index = Math.max(parkedAt, 0); index < stores.length; index++) {
		const store = stores[index]!;
		if (store.location !== location) continue;
		// A thread's latest store hides the initial value and its own earlier stores from it.
		if (own >= 0 && (store.thread === INITIAL || (store.thread === thread && index < own)))
			continue;
		const succeeds = storesOn(read, store.value);
		if ((read.blocks && !succeeds) || (succeeds && taken.has(index))) continue;
		const next: State<End> = {
			...state,
			parked: parkedAt === RUNNING ? state.parked : state.parked.with(thread, RUNNING),
			taken: succeeds ? new Set(taken).add(index) : taken,
			readings: [...state.readings, { thread, action: tree.at, from: store }],
		};
		found.push(enter(next, thread, tree, store.value));
	}
	return found;
}

/** The states after each value that a later store may bring. */
function guess<End>(
	state: State<End>,
	{ thread, tree, read }: Waiting<End>,
	values: readonly Value[],
): State<End>[] {
	const found: State<End>[] = [];
	for (const value of values) {
		const stores = storesOn(read, value);
		if (read.blocks && !stores) continue;
		const { location } = read;
		const since = state.stores.length;
		const guessed = { thread, action: tree.at, location, value, stores, since };
		const next = { ...state, guesses: [...state.guesses, guessed] };
		found.push(enter(next, thread, tree, value));
	}
	return found;
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
