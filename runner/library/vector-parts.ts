// SPDX-License-Identifier: MIT
/** Iterates over the calls, expectations, results and holders of a vector, each with its path. */
import type { Call, DevicesAtMoment, Outcome, Results, Rule } from '../../schema/types/vector';
import type { WrittenVector } from './vector';
import type { Path } from './yaml-source';

export interface Found<T> {
	readonly path: Path;
	readonly value: T;
	/** Set if the value is the key at the path. */
	readonly at?: 'key';
}

/** Every call: in threads, in setup, in callbacks. */
export function* callsOf(vector: WrittenVector): Generator<Found<Call>> {
	for (const [name, calls] of Object.entries(vector.threads ?? {}))
		yield* listed(['threads', name], calls);
	yield* listed(['setup'], vector.setup ?? []);
	for (const [name, holder] of Object.entries(vector.holders ?? {}))
		yield* listed(['holders', name, 'notify_failure', 'calls'], holder.notify_failure?.calls ?? []);
}

function* listed(path: Path, calls: readonly Call[]): Generator<Found<Call>> {
	for (const [index, value] of calls.entries()) yield { path: [...path, index], value };
}

/** Every outcome and every rule. */
export function* expectationsOf(vector: WrittenVector): Generator<Found<Outcome | Rule>> {
	for (const [name, value] of Object.entries(vector.outcomes ?? {}))
		yield { path: ['outcomes', name], value };
	for (const [name, value] of Object.entries(vector.rules ?? {}))
		yield { path: ['rules', name], value };
}

/** Every set of expected results, including the conditions of rules. */
export function* resultsOf(vector: WrittenVector): Generator<Found<Results>> {
	for (const { path, value } of expectationsOf(vector)) {
		if (value.results) yield { path: [...path, 'results'], value: value.results };
		const condition = 'when' in value ? value.when?.results : undefined;
		if (condition) yield { path: [...path, 'when', 'results'], value: condition };
	}
}

/** Every name of a holder. */
export function* holdersOf(vector: WrittenVector): Generator<Found<string | null>> {
	for (const key of ['device', 'log'] as const) {
		const device = vector[key];
		if (!device) continue;
		yield { path: [key, 'holder'], value: device.holder };
		yield { path: [key, 'ops'], value: device.ops };
	}
	for (const { path, value } of callsOf(vector)) {
		if (value.holder !== undefined) yield { path: [...path, 'holder'], value: value.holder };
		if (value.ops !== undefined) yield { path: [...path, 'ops'], value: value.ops };
	}
	for (const { path, value } of expectationsOf(vector)) {
		for (const name of Object.keys(value.callbacks ?? {}))
			yield { path: [...path, 'callbacks', name], value: name, at: 'key' };
		yield* inDevice([...path, 'device'], value.device);
		yield* inDevice([...path, 'log'], value.log);
		if (!('after' in value || 'throughout' in value || 'quiet' in value)) continue;
		const rule: Rule = value;
		for (const [point, device] of Object.entries(rule.after ?? {}))
			yield* inDevices([...path, 'after', point], device);
		yield* inDevices([...path, 'throughout', 'device'], rule.throughout?.device);
		if (rule.quiet) yield { path: [...path, 'quiet', 'holder'], value: rule.quiet.holder };
	}
}

function* inDevices(
	path: Path,
	devices: DevicesAtMoment | undefined,
): Generator<Found<string | null>> {
	yield* inDevice(path, devices);
	yield* inDevice([...path, 'log'], devices?.log);
}

type Holders = string | null | readonly (string | null)[];

function* inDevice(
	path: Path,
	device: { holder?: Holders; ops?: Holders } | undefined,
): Generator<Found<string | null>> {
	for (const field of ['holder', 'ops'] as const)
		for (const [index, value] of alternatives(device?.[field]).entries())
			yield { path: [...path, field, ...(Array.isArray(device?.[field]) ? [index] : [])], value };
}

/** Returns the values that an expectation allows: a single one, a list, or none if it has no value. */
export function alternatives<T extends string | number | boolean | null>(
	expected: T | readonly T[] | undefined,
): readonly T[] {
	if (expected === undefined) return [];
	return Array.isArray(expected) ? (expected as readonly T[]) : [expected as T];
}
