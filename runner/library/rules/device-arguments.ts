// SPDX-License-Identifier: MIT
import { givesDevice } from '../../../implementations/calls';
import type { CallName } from '../../../schema/types/common';
import { callsOf } from '../vector-parts';
import type { Path } from '../yaml-source';
import type { Rule } from './rule';

/**
 * The device of a call is NULL, the second device, or the result of an earlier call of the same thread that returns a
 * device.
 */
export const deviceArguments: Rule = function* ({ source, variants }) {
	for (const { vector } of variants) {
		const known = new Map<string, string[]>();
		for (const { path, value } of callsOf(vector)) {
			if (value.device === 'log') continue;
			const thread = listOf(path);
			const earlier = known.get(thread) ?? [];
			known.set(thread, earlier);
			if (typeof value.device === 'string' && !earlier.includes(value.device))
				yield source.diagnose([...path, 'device'], {
					code: 'E_CALL',
					message: `${value.device} is no device that ${thread} got before`,
					hint:
						earlier.length > 0
							? `Use null, or one of: ${earlier.join(', ')}.`
							: `Use null, or name an earlier call of the thread (${givesDevice.join(', ')}) with "as".`,
				});
			// A callback may run twice, or in two threads: its results have no single value.
			if (path[0] !== 'holders' && value.as && givesDevice.includes(value.call as CallName))
				earlier.push(`$${value.as}`);
		}
	}
};

/** Names the list of calls that a path leads into. */
function listOf([part, name]: Path): string {
	if (part === 'threads') return `thread ${name}`;
	return part === 'setup' ? 'the setup' : `the callback of ${name}`;
}
