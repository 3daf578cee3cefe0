// SPDX-License-Identifier: MIT
/**
 * Which reads an action depends on, found by going on with other values: what is then never done depends by control,
 * what is done with another value by data. What all ways have in common depends on nothing, wherever it stands: a control
 * dependency ends with the arms of its if (explanation.txt). Never more than the source says, so that no order is assumed
 * that a compiler could remove.
 */
import type { Value } from '../../schema/types/execution';
import type { Action, Read, Write } from './action';
import type { Tree } from './tree';

type Access = Read | Write;

/** Ways on from one value that are looked at. A callback that calls itself has no end of them. */
const MOST = 16;

interface Step {
	readonly action: Action;
	/** What it is and the how manieth of its kind; null for what touches no memory. */
	readonly name: string | null;
	/** Of a read: the node that waits at it, and the value that it returns. */
	readonly waits?: Tree<unknown>;
	readonly value?: Value;
}

/** All that a thread does on values that bring it to its end. */
export function withDependencies(
	root: Tree<unknown>,
	values: readonly Value[],
	domain: (location: string) => readonly Value[],
): Action[] {
	const steps = stepsOf(root, values);
	const returned = new Map(
		steps.flatMap(({ name, waits, value }) => (waits ? [[name!, value!] as const] : [])),
	);
	const found = steps.map(() => ({ addr: [], data: [] as number[], ctrl: [] as number[] }));
	const counts = new Map<string, number>();
	let number = 0;
	steps.forEach(({ action, waits, value }, at) => {
		count(action, counts);
		if (!waits) return;
		const data = new Set<number>();
		const ctrl = new Set<number>();
		for (const other of domain(waits.read!.location)) {
			if (other === value) continue;
			let ways = 0;
			for (const way of waysOn(waits.after(other), counts, returned, domain)) {
				for (let index = at + 1; index < steps.length; index++) {
					const { name, action: done } = steps[index]!;
					if (name === null) continue;
					if (!way.has(name)) ctrl.add(index);
					else if (done.kind === 'write' && way.get(name) !== done.value) data.add(index);
				}
				if (++ways === MOST) break;
			}
		}
		for (const index of ctrl) found[index]!.ctrl.push(number);
		for (const index of data) if (!ctrl.has(index)) found[index]!.data.push(number);
		number++;
	});
	return steps.map(({ action }, index) => ({ ...action, depends: found[index]! }));
}

function stepsOf(root: Tree<unknown>, values: readonly Value[]): Step[] {
	const counts = new Map<string, number>();
	const steps: Step[] = [];
	let tree = root;
	for (let number = 0; ; number++) {
		for (const action of tree.actions) steps.push({ action, name: count(action, counts) });
		if (!tree.read || number === values.length) return steps;
		const value = values[number]!;
		steps.push({ action: tree.read, name: count(tree.read, counts), waits: tree, value });
		tree = tree.after(value);
	}
}

/** What each way on from a node does, by name; a write with its value. Reads of ours return what they return to us. */
function* waysOn(
	tree: Tree<unknown>,
	before: ReadonlyMap<string, number>,
	returned: ReadonlyMap<string, Value>,
	domain: (location: string) => readonly Value[],
	done: ReadonlyMap<string, Value> = new Map(),
): Generator<ReadonlyMap<string, Value>> {
	const counts = new Map(before);
	const all = new Map(done);
	for (const action of tree.actions) {
		const name = count(action, counts);
		if (name !== null) all.set(name, action.kind === 'write' ? action.value : null);
	}
	if (!tree.read) {
		yield all;
		return;
	}
	const name = count(tree.read, counts)!;
	all.set(name, null);
	const ours = returned.get(name);
	const values = ours === undefined ? different(tree, domain) : [ours];
	for (const value of values) yield* waysOn(tree.after(value), counts, returned, domain, all);
}

/** Of the values that a read of another way may return, one for each thing that is done next. */
function different(tree: Tree<unknown>, domain: (location: string) => readonly Value[]): Value[] {
	const known = new Map<string, Value>();
	for (const value of domain(tree.read!.location)) {
		const { actions, read } = tree.after(value);
		const next = [...actions, ...(read ? [read] : [])].map(signature).join();
		if (!known.has(next)) known.set(next, value);
	}
	return [...known.values()];
}

const signature = (action: Action): string =>
	action.kind === 'read' || action.kind === 'write' ? kindOf(action) : action.kind;

/** The name of an access among those of its thread so far. */
function count(action: Action, counts: Map<string, number>): string | null {
	if (action.kind !== 'read' && action.kind !== 'write') return null;
	const kind = kindOf(action);
	const number = (counts.get(kind) ?? 0) + 1;
	counts.set(kind, number);
	return `${kind} ${number}`;
}

const kindOf = ({ kind, location, order, statement }: Access): string =>
	`${kind} ${location} ${order} ${statement ?? ''}`;
