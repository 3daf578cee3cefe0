// SPDX-License-Identifier: MIT
/**
 * Finds the reads that an action depends on, by running the thread with other values. An action that is missing for
 * another value depends on the read by control, a store whose value changes by data. An action on all paths
 * depends on nothing, wherever it is in the code: a control dependency ends with the arms of its if (explanation.txt).
 * Finds no dependency that the source does not have, so that the engine assumes no order that a compiler could remove.
 */
import type { Value } from '../../schema/types/execution';
import type { Action, Read, Write } from './action';
import type { Program } from './program';
import type { Tree } from './tree';

/** Maximum paths tried for one value of a read; a callback that calls itself has infinitely many. */
const MAX_PATHS = 16;

interface Step {
	readonly action: Action;
	/** Access and ordinal among equal accesses; null for an action that touches no memory. */
	readonly name: string | null;
	/** For a read: the node that waits at it, and the value that it returns. */
	readonly reading?: Reading;
}

interface Reading {
	readonly tree: Tree<unknown>;
	readonly read: Read;
	readonly name: string;
	readonly value: Value;
}

interface Found {
	readonly addr: number[];
	readonly data: number[];
	readonly ctrl: number[];
}

/** The accesses of a path by name: the value of a write, null for a read. */
type Path = ReadonlyMap<string, Value>;

interface Context {
	/** Values that reads of the original path return, by their names. */
	readonly returned: ReadonlyMap<string, Value>;
	readonly domain: Program<unknown>['domain'];
}

/** Gives all actions of a thread, each with its dependencies, for values on which the thread ends. */
export function withDependencies(
	root: Tree<unknown>,
	values: readonly Value[],
	domain: Program<unknown>['domain'],
): Action[] {
	const steps = stepsOf(root, values);
	const returned = new Map(
		steps.flatMap(({ reading }) => (reading ? [[reading.name, reading.value] as const] : [])),
	);
	const found = steps.map((): Found => ({ addr: [], data: [], ctrl: [] }));
	const counts = new Map<string, number>();
	let number = 0;
	for (const [at, { action, reading }] of steps.entries()) {
		count(action, counts);
		if (!reading) continue;
		const later = steps.slice(at + 1);
		const { data, ctrl } = dependents(later, reading, counts, { returned, domain });
		for (const [index, each] of found.slice(at + 1).entries())
			if (ctrl.has(index)) each.ctrl.push(number);
			else if (data.has(index)) each.data.push(number);
		number++;
	}
	return steps.map(({ action }, index) => ({ ...action, depends: found[index] ?? action.depends }));
}

/** Indexes of the steps after a read that depend on its value. */
function dependents(
	later: readonly Step[],
	{ tree, read, value }: Reading,
	counts: ReadonlyMap<string, number>,
	context: Context,
): { data: ReadonlySet<number>; ctrl: ReadonlySet<number> } {
	const data = new Set<number>();
	const ctrl = new Set<number>();
	for (const other of context.domain(read.location)) {
		if (other === value) continue;
		let paths = 0;
		for (const path of pathsFrom(tree.after(other), counts, new Map(), context)) {
			for (const [index, { name, action }] of later.entries()) {
				if (name === null) continue;
				if (!path.has(name)) ctrl.add(index);
				else if (action.kind === 'write' && path.get(name) !== action.value) data.add(index);
			}
			if (++paths === MAX_PATHS) break;
		}
	}
	return { data, ctrl };
}

function stepsOf(root: Tree<unknown>, values: readonly Value[]): Step[] {
	const counts = new Map<string, number>();
	const steps: Step[] = [];
	let tree = root;
	const addActions = () => {
		for (const action of tree.actions) steps.push({ action, name: count(action, counts) });
	};
	addActions();
	for (const value of values) {
		const { read } = tree;
		if (!read) break;
		const name = countAccess(read, counts);
		steps.push({ action: read, name, reading: { tree, read, name, value } });
		tree = tree.after(value);
		addActions();
	}
	return steps;
}

/** Yields the paths from a node. A read that the original path has too returns the same value as there. */
function* pathsFrom(
	tree: Tree<unknown>,
	before: ReadonlyMap<string, number>,
	done: Path,
	context: Context,
): Generator<Path> {
	const counts = new Map(before);
	const path = new Map(done);
	for (const action of tree.actions) {
		const name = count(action, counts);
		if (name !== null) path.set(name, action.kind === 'write' ? action.value : null);
	}
	const { read } = tree;
	if (!read) {
		yield path;
		return;
	}
	const name = countAccess(read, counts);
	path.set(name, null);
	const same = context.returned.get(name);
	const values = same === undefined ? distinctValues(tree, read, context) : [same];
	for (const value of values) yield* pathsFrom(tree.after(value), counts, path, context);
}

/** Values that the read may return, one for each different sequence of actions up to the next read. */
function distinctValues(tree: Tree<unknown>, read: Read, { domain }: Context): Value[] {
	const known = new Map<string, Value>();
	for (const value of domain(read.location)) {
		const next = tree.after(value);
		const key = [...next.actions, ...(next.read ? [next.read] : [])].map(signature).join();
		if (!known.has(key)) known.set(key, value);
	}
	return [...known.values()];
}

const signature = (action: Action): string =>
	action.kind === 'read' || action.kind === 'write' ? accessOf(action) : action.kind;

const count = (action: Action, counts: Map<string, number>): string | null =>
	action.kind === 'read' || action.kind === 'write' ? countAccess(action, counts) : null;

/** Counts an access and gives its name: the access and its ordinal among equal ones. */
function countAccess(access: Read | Write, counts: Map<string, number>): string {
	const kind = accessOf(access);
	const number = (counts.get(kind) ?? 0) + 1;
	counts.set(kind, number);
	const names = ordinals.get(kind) ?? [];
	if (names.length === 0) ordinals.set(kind, names);
	names[number] ??= `${kind} ${number}`;
	return names[number];
}

/** Texts that are made once, because a search compares each of them some hundred times. */
const accesses = new WeakMap<Action, string>();
const ordinals = new Map<string, string[]>();

function accessOf(access: Read | Write): string {
	const known = accesses.get(access);
	if (known !== undefined) return known;
	const { kind, location, order, statement } = access;
	const text = `${kind} ${location} ${order} ${statement ?? ''}`;
	accesses.set(access, text);
	return text;
}
