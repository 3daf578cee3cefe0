// SPDX-License-Identifier: MIT
import type { Rule } from './rule';

/** Callers that keep to the rules reach every initial device. What else there is, setup calls produce. */
export const reachableDevice: Rule = function* ({ source, vector: { device } }) {
	if (!device) return;
	const { alive, holder, ops, refs } = device;
	const unreachable = (key: string, message: string, hint: string) =>
		source.diagnose(['device', key], { code: 'E_DEVICE', message, hint });

	if (holder === null && ops !== null)
		yield unreachable(
			'ops',
			'operations without a holder',
			'Make it with setup, such as {call: fs_dax_get, holder: null, ops: A}.',
		);
	else if (!alive && holder !== null)
		yield unreachable(
			'holder',
			'a dead device that somebody holds: kill_dax() clears both fields',
			'Write "holder: null, ops: null", or make it with setup.',
		);
	else if (ops !== null && ops !== holder)
		yield unreachable(
			'ops',
			`${holder} holds the device with the operations of ${ops}`,
			`Write "ops: ${holder}", or make it with setup.`,
		);
	const least = holder === null ? 1 : 2;
	if (refs !== undefined && refs < least)
		yield unreachable(
			'refs',
			`too few references: the driver${holder === null ? ' has one' : ' and the holder have one each'}`,
			`Write ${least} or more, or leave it out.`,
		);
};
