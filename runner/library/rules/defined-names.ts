// SPDX-License-Identifier: MIT

import { callsOf, resultsOf } from '../vector-parts';
import type { Path } from '../yaml-source';
import type { Rule } from './rule';

/** Results name calls that exist; moments name calls or threads that exist. */
export const definedNames: Rule = function* ({ source, vector }) {
	const calls = [...callsOf(vector)].flatMap(({ path, value }) =>
		value.as !== undefined && path[0] !== 'setup' ? [value.as] : [],
	);
	const outputs = [...callsOf(vector)].flatMap(({ path, value: { start_off } }) =>
		start_off !== undefined && path[0] !== 'setup' ? [start_off] : [],
	);
	const results = [...calls, ...outputs];
	const points = [...Object.keys(vector.threads ?? {}), ...calls];
	const undefinedName = (path: Path, at: 'key' | 'value', name: string, names: readonly string[]) =>
		source.diagnose(path, {
			code: 'E_NAME',
			message: `${names === results ? 'call' : 'call or thread'} "${name}" is not defined`,
			hint:
				names.length > 0
					? `Use one of: ${names.join(', ')}.`
					: 'Name a call with "as", such as {call: ..., as: got}.',
			at,
		});

	for (const { path, value } of resultsOf(vector))
		for (const name of Object.keys(value))
			if (!results.includes(name)) yield undefinedName([...path, name], 'key', name, results);

	for (const [rule, { when, after, throughout, quiet }] of Object.entries(vector.rules ?? {})) {
		const path = ['rules', rule];
		const named: [Path, string | undefined][] = [
			[[...path, 'when', 'before', 0], when?.before?.[0]],
			[[...path, 'when', 'before', 1], when?.before?.[1]],
			[[...path, 'throughout', 'from'], throughout?.from],
			[[...path, 'throughout', 'until'], throughout?.until],
			[[...path, 'quiet', 'after'], quiet?.after],
		];
		for (const [place, name] of named)
			if (name !== undefined && !points.includes(name))
				yield undefinedName(place, 'value', name, points);
		for (const name of Object.keys(after ?? {}))
			if (!points.includes(name))
				yield undefinedName([...path, 'after', name], 'key', name, points);
	}
};
