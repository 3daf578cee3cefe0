// SPDX-License-Identifier: MIT
/** Compares the end of an execution with an expected one. Only the fields that the vector names are compared. */
import type { Execution } from '../../schema/types/execution';
import type { Callbacks, DeviceAtEnd, Results, Warnings } from '../../schema/types/vector';
import type { Case } from '../library/compile';
import { alternatives } from '../library/vector-parts';
import type { Path } from '../library/yaml-source';
import { show, type Violation } from './violation';

export function* resultViolations(
	{ sites, startOffs }: Case,
	{ results }: Execution,
	expected: Results,
	path: Path,
): Generator<Violation> {
	for (const [name, value] of Object.entries(expected)) {
		const allowed = alternatives(value);
		const offset = startOffs.get(name);
		const site = offset ?? sites.get(name);
		const returned = results.filter((result) => result.site === site);
		const seen = returned.map(({ value, start_off }) =>
			offset === undefined ? value : (start_off ?? 'not-reported'),
		);
		// A call inside a callback may return more than once; every result is compared.
		const wrong = (seen.length > 0 ? seen : ['not-called']).find((each) => !allowed.includes(each));
		if (wrong !== undefined)
			yield {
				expectation: [...path, name],
				message: `${name} is ${show(wrong)}, expected ${show(value)}`,
			};
	}
}

/** Compares a device; prefix is log. for the second one. */
export function* deviceViolations(
	device: Partial<Execution['device']> | undefined,
	expected: DeviceAtEnd,
	path: Path,
	moment: string,
	prefix: '' | 'log.' = '',
): Generator<Violation> {
	for (const field of ['alive', 'holder', 'ops', 'refs'] as const) {
		const value = expected[field];
		if (value === undefined) continue;
		const seen = device?.[field];
		if (seen === undefined || !alternatives<typeof seen>(value).includes(seen))
			yield {
				expectation: [...path, field],
				message: `${prefix}${field} is ${show(seen)} ${moment}, expected ${show(value)}`,
			};
	}
}

export function* callbackViolations(
	{ callbacks }: Execution,
	expected: Callbacks,
	path: Path,
): Generator<Violation> {
	for (const [holder, value] of Object.entries(expected)) {
		const detailed = typeof value === 'object' && 'times' in value;
		const { times, ...details } = detailed ? value : { times: value };
		const seen = callbacks.filter((callback) => callback.holder === holder);
		if (!alternatives<number>(times).includes(seen.length))
			yield {
				expectation: [...path, holder],
				message: `${holder} was told ${seen.length} times, expected ${show(times)}`,
			};
		for (const key of ['offset', 'length', 'flags', 'device'] as const) {
			const wanted = (details as Partial<Record<typeof key, unknown>>)[key];
			const wrong = seen.find((callback) => callback[key] !== wanted);
			if (wanted !== undefined && wrong)
				yield {
					expectation: [...path, holder, key],
					message: `${holder} was told with ${key} ${show(wrong[key] ?? 'the first')}, expected ${show(wanted)}`,
				};
		}
	}
}

export function* warningViolations(
	{ warnings }: Execution,
	expected: Warnings,
	path: Path,
): Generator<Violation> {
	const allowed = expected === 'none' ? {} : expected;
	const names = new Set([...Object.keys(allowed), ...warnings.map((each) => each.function)]);
	for (const name of names) {
		const times = allowed[name] ?? 0;
		const seen = warnings.filter((warning) => warning.function === name).length;
		if (!alternatives<number>(times).includes(seen))
			yield {
				expectation: [...path, name],
				message: `${seen} WARN in ${name}(), expected ${show(times)}`,
			};
	}
}
