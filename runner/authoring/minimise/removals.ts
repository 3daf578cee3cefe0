// SPDX-License-Identifier: MIT
/** Parts of a vector that may be superfluous. */
import type { LiveVector } from '../../library/vector';
import { callsOf } from '../../library/vector-parts';
import type { Path } from '../../library/yaml-source';

/** Paths that are removed together. */
type Removal = readonly Path[];

/** Removals, from whole sections to single words. */
export function* removals(vector: LiveVector): Generator<Removal> {
	for (const key of ['variants', 'orders', 'setup', 'rules'] as const)
		if (vector[key]) yield [[key]];
	yield* threads(vector);
	const holders = Object.entries(vector.holders ?? {});
	for (const [name, { notify_failure: callback }] of holders)
		if (callback?.calls) {
			const names = callback.calls.map(({ as }) => as);
			yield [['holders', name, 'notify_failure', 'calls'], ...mentions(vector, names)];
		}
	for (const key of ['variants', 'orders', 'rules', 'outcomes'] as const)
		for (const name of Object.keys(vector[key] ?? {})) yield [[key, name]];
	for (const { path, value } of callsOf(vector)) yield [path, ...mentions(vector, [value.as])];
	for (const [name] of holders) yield [['holders', name], ...callbacksOf(vector, name)];
	yield* words(vector);
}

/** Each thread, alone and with all outcomes except one: the outcomes may differ in nothing without the thread. */
function* threads(vector: LiveVector): Generator<Removal> {
	const all = Object.entries(vector.threads ?? {});
	if (all.length < 2) return;
	const outcomes = Object.keys(vector.outcomes ?? {});
	for (const [name, calls] of all) {
		const names = [name, ...calls.map(({ as }) => as)];
		const removal: Removal = [['threads', name], ...mentions(vector, names)];
		yield removal;
		for (const kept of outcomes) {
			const others = outcomes.filter((each) => each !== kept);
			yield [...removal, ...others.map((each) => ['outcomes', each])];
		}
	}
}

/** Single words of expectations and calls. */
function* words(vector: LiveVector): Generator<Removal> {
	for (const key of ['outcomes', 'rules'] as const)
		for (const [name, parts] of Object.entries(vector[key] ?? {}))
			for (const [part, value] of Object.entries(parts)) {
				yield [[key, name, part]];
				if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
				for (const word of Object.keys(value)) yield [[key, name, part, word]];
			}
	for (const { path, value } of callsOf(vector))
		for (const word of ['offset', 'length', 'flags', 'as'] as const)
			if (value[word] !== undefined) yield [[...path, word]];
	if (vector.device?.refs !== undefined) yield [['device', 'refs']];
	for (const key of ['warnings', 'races'] as const) if (vector[key] !== undefined) yield [[key]];
	for (const [name, { notify_failure }] of Object.entries(vector.holders ?? {}))
		if (notify_failure !== undefined) yield [['holders', name, 'notify_failure']];
}

/** Keys whose value names a moment. The mapping around "from" and "after" has no meaning without it. */
const MOMENTS: readonly string[] = ['from', 'until', 'after'];

/** Paths of everything that mentions calls or threads by name. */
function mentions(vector: LiveVector, names: readonly (string | undefined)[]): Path[] {
	const found: Path[] = [];
	const search = (value: unknown, path: Path): void => {
		if (value === null || typeof value !== 'object') return;
		for (const [key, each] of Object.entries(value)) {
			const here = [...path, Array.isArray(value) ? Number(key) : key];
			if (names.includes(key) && !Array.isArray(value)) found.push(here);
			else if (typeof each === 'string' && names.includes(each) && MOMENTS.includes(key))
				found.push(key === 'until' ? here : path);
			else if (key === 'before' && (each as string[]).some((name) => names.includes(name)))
				found.push(here);
			else search(each, here);
		}
	};
	search(vector.outcomes, ['outcomes']);
	search(vector.rules, ['rules']);
	for (const [name, order] of Object.entries(vector.orders ?? {})) {
		const text = JSON.stringify(order);
		if (names.some((each) => each !== undefined && text.includes(`"${each}"`)))
			found.push(['orders', name]);
	}
	return found;
}

/** Paths of the expectations about callbacks of a holder. */
function callbacksOf(vector: LiveVector, holder: string): Path[] {
	return (['outcomes', 'rules'] as const).flatMap((key) =>
		Object.entries(vector[key] ?? {}).flatMap(([name, { callbacks }]) =>
			callbacks && Object.hasOwn(callbacks, holder) ? [[key, name, 'callbacks', holder]] : [],
		),
	);
}
