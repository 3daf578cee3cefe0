// SPDX-License-Identifier: MIT
/** What a vector's file can do without: parts to remove, each with all that speaks of it. Comments stay. */
import { type Document, isMap, isSeq, visit } from 'yaml';
import type { Vector } from '../../../schema/types/vector';
import { callsOf } from '../../library/vector-parts';
import type { Path } from '../../library/yaml-source';

/** Paths that go together. */
type Removal = readonly Path[];

/** Documents with less in them, from the largest part to the smallest. */
export function* smaller(document: Document): Generator<Document> {
	const vector = document.toJS() as Vector;
	for (const words of Object.values(vector.variants ?? {})) yield bound(document, words);
	for (const removal of removals(vector)) yield without(document, removal);
}

/** The document as one of its variants. */
function bound(document: Document, words: object): Document {
	const left = document.clone() as Document;
	left.delete('variants');
	visit(left, {
		Scalar(_, node) {
			const word = /^\$(.+)$/.exec(String(node.value))?.[1];
			if (word !== undefined && Object.hasOwn(words, word))
				node.value = words[word as keyof typeof words];
		},
	});
	return left;
}

function* removals(vector: Vector): Generator<Removal> {
	for (const key of ['variants', 'orders', 'setup', 'rules'] as const)
		if (vector[key]) yield [[key]];
	const threads = Object.entries(vector.threads ?? {});
	if (threads.length > 1)
		for (const [name, calls] of threads) {
			const gone = [name, ...calls.map(({ as }) => as)];
			const removal: Removal = [['threads', name], ...spoken(vector, gone)];
			yield removal;
			// What told the outcomes apart may be gone with it.
			const outcomes = Object.keys(vector.outcomes ?? {});
			for (const kept of outcomes) {
				const others = outcomes.filter((each) => each !== kept);
				yield [...removal, ...others.map((each) => ['outcomes', each])];
			}
		}
	for (const [name, { notify_failure: callback }] of Object.entries(vector.holders ?? {}))
		if (callback?.calls)
			yield [
				['holders', name, 'notify_failure', 'calls'],
				...spoken(
					vector,
					callback.calls.map(({ as }) => as),
				),
			];
	for (const key of ['variants', 'orders', 'rules', 'outcomes'] as const)
		for (const name of Object.keys(vector[key] ?? {})) yield [[key, name]];
	for (const { path, value } of callsOf(vector)) yield [path, ...spoken(vector, [value.as])];
	for (const name of Object.keys(vector.holders ?? {}))
		yield [['holders', name], ...told(vector, name)];
	yield* details(vector);
}

/** Single words of expectations and calls. */
function* details(vector: Vector): Generator<Removal> {
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
	for (const name of Object.keys(vector.holders ?? {}))
		if (vector.holders![name]!.notify_failure !== undefined)
			yield [['holders', name, 'notify_failure']];
}

/** Everything that speaks of calls or threads by name. */
function spoken(vector: Vector, names: readonly (string | undefined)[]): Path[] {
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
	const steps = Object.entries(vector.orders ?? {});
	for (const [name, order] of steps)
		if (names.some((each) => each !== undefined && JSON.stringify(order).includes(`"${each}"`)))
			found.push(['orders', name]);
	return found;
}

/** Keys whose value names a moment: what they stand in says nothing without it. */
const MOMENTS: readonly string[] = ['from', 'until', 'after'];

/** Everything that is expected of a holder's callbacks. */
function told(vector: Vector, holder: string): Path[] {
	return (['outcomes', 'rules'] as const).flatMap((key) =>
		Object.entries(vector[key] ?? {}).flatMap(([name, { callbacks }]) =>
			callbacks && Object.hasOwn(callbacks, holder) ? [[key, name, 'callbacks', holder]] : [],
		),
	);
}

/** The document without these parts, nor what they leave empty. */
function without(document: Document, removal: Removal): Document {
	const left = document.clone() as Document;
	// From the end, because removing an item of a list renumbers those behind it.
	for (const path of [...removal].sort(fromTheEnd)) {
		if (!left.hasIn(path)) continue;
		left.deleteIn(path);
		for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
			const node = left.getIn(above);
			if (!(isMap(node) || isSeq(node)) || node.items.length > 0 || isKept(above)) break;
			left.deleteIn(above);
		}
	}
	return left;
}

/** What may be empty, or must not vanish unseen. */
const isKept = ([key, ...rest]: Path): boolean =>
	rest.length === 0 ? key === 'holders' : rest.length === 1 && key !== 'rules';

function fromTheEnd(a: Path, b: Path): number {
	for (let index = 0; index < Math.min(a.length, b.length); index++) {
		const [left, right] = [a[index]!, b[index]!];
		if (left === right) continue;
		return typeof left === 'number' && typeof right === 'number' ? right - left : 0;
	}
	return b.length - a.length;
}
