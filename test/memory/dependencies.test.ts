// SPDX-License-Identifier: MIT
/** Checks dependencies on reads: by control in the arms of an if but not after it, by data for a computed value. */
import t from 'tap';
import { type Action, type Code, NO_DEPENDENCIES } from '../../runner/memory/action';
import { withDependencies } from '../../runner/memory/dependencies';
import { Tree } from '../../runner/memory/tree';
import type { Value } from '../../schema/types/execution';
import { runOn } from '../litmus/code';

const load = (location: string): Action => ({
	kind: 'read',
	location,
	order: 'once',
	depends: NO_DEPENDENCIES,
});
const store = (location: string, value: Value): Action => ({
	kind: 'write',
	location,
	value,
	order: 'once',
	depends: NO_DEPENDENCIES,
});

/** Gives the stores of a thread on values of its reads, each with the reads that it depends on. */
function stores(thread: () => Generator<Action, void, Value>, values: readonly Value[]): string[] {
	const code: Code<true> = {
		mayWrite: () => true,
		path: () => [],
		run: (read) => runOn(thread(), read, () => true),
	};
	return withDependencies(new Tree(code), values, () => [0, 1]).flatMap((action) => {
		if (action.kind !== 'write') return [];
		const { data, ctrl } = action.depends;
		return `${action.location}: data ${data}, ctrl ${ctrl}`;
	});
}

t.test(
	'actions in the arms of an if depend on its condition, actions after it do not',
	async (t) => {
		const thread = function* (): Generator<Action, void, Value> {
			if ((yield load('x')) === 1) yield store('z', 1);
			yield store('y', 1);
		};
		t.same(stores(thread, [1]), ['z: data , ctrl 0', 'y: data , ctrl ']);
		t.same(stores(thread, [0]), ['y: data , ctrl ']);
	},
);

t.test(
	'an action after an if with a read in one arm does not depend on the condition',
	async (t) => {
		const thread = function* (): Generator<Action, void, Value> {
			if ((yield load('x')) === 1) yield load('w');
			yield store('y', 1);
			if ((yield load('v')) === 1) yield store('u', 1);
		};
		t.same(stores(thread, [1, 0, 1]), ['y: data , ctrl ', 'u: data , ctrl 2']);
		t.same(stores(thread, [0, 1]), ['y: data , ctrl ', 'u: data , ctrl 1']);
	},
);

t.test('an action after an early return depends on its condition by control', async (t) => {
	const thread = function* (): Generator<Action, void, Value> {
		if ((yield load('x')) === 0) return;
		yield store('y', 1);
	};
	t.same(stores(thread, [1]), ['y: data , ctrl 0']);
});

t.test('a store of a value that is read depends by data', async (t) => {
	const thread = function* (): Generator<Action, void, Value> {
		yield store('y', yield load('x'));
		yield store('z', 1);
	};
	t.same(stores(thread, [1]), ['y: data 0, ctrl ', 'z: data , ctrl ']);
});

t.test('a store of different values in both arms depends by data, not by control', async (t) => {
	const thread = function* (): Generator<Action, void, Value> {
		if ((yield load('x')) === 1) yield store('y', 1);
		else yield store('y', 2);
	};
	t.same(stores(thread, [1]), ['y: data 0, ctrl ']);
});
