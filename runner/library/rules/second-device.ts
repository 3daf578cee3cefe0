// SPDX-License-Identifier: MIT
import type { WrittenVector } from '../vector';
import { callsOf, expectationsOf } from '../vector-parts';
import type { Path } from '../yaml-source';
import type { Rule } from './rule';

/** Calls, expectations and orders are about a second device only where the vector has one. */
export const secondDevice: Rule = function* ({ source, vector }) {
	if (vector.log !== undefined) return;
	for (const path of mentions(vector))
		yield source.diagnose(path, {
			code: 'E_CALL',
			message: 'the vector has no second device',
			hint: 'Add it, such as "log: {alive: true, holder: null, ops: null}".',
		});
};

function* mentions(vector: WrittenVector): Generator<Path> {
	for (const { path, value } of callsOf(vector))
		if (value.device === 'log') yield [...path, 'device'];
	for (const { path, value } of expectationsOf(vector)) {
		if (value.log) yield [...path, 'log'];
		for (const [holder, expected] of Object.entries(value.callbacks ?? {}))
			if (typeof expected === 'object' && 'device' in expected)
				yield [...path, 'callbacks', holder, 'device'];
	}
	for (const [rule, { after, throughout }] of Object.entries(vector.rules ?? {})) {
		for (const [point, device] of Object.entries(after ?? {}))
			if (device.log) yield ['rules', rule, 'after', point, 'log'];
		if (throughout?.device.log) yield ['rules', rule, 'throughout', 'device', 'log'];
	}
	for (const [order, { steps }] of Object.entries(vector.orders ?? {}))
		for (const [index, { until }] of steps.entries())
			for (const key of ['after', 'before'] as const)
				if (until?.[key]?.startsWith('log.')) yield ['orders', order, 'steps', index, 'until', key];
}
