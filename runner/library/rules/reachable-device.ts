// SPDX-License-Identifier: MIT
import type { InitialDevice } from '../../../schema/types/vector';
import type { Diagnostic } from '../diagnostic';
import type { YamlSource } from '../yaml-source';
import type { Rule } from './rule';

/** Callers that follow the rules can reach the initial devices. Any other state is made by setup calls. */
export const reachableDevice: Rule = function* ({ source, vector: { device, log } }) {
	yield* reachable(source, 'device', device);
	yield* reachable(source, 'log', log);
};

function* reachable(
	source: YamlSource,
	which: 'device' | 'log',
	device: InitialDevice | null | undefined,
): Generator<Diagnostic> {
	if (!device) return;
	const { alive, holder, ops, refs } = device;
	const unreachable = (key: string, message: string, hint: string) =>
		source.diagnose([which, key], { code: 'E_DEVICE', message, hint });

	if (holder === null && ops !== null)
		yield unreachable(
			'ops',
			'operations without a holder',
			'Use setup, such as {call: fs_dax_get, holder: null, ops: A}.',
		);
	else if (!alive && holder !== null)
		yield unreachable(
			'holder',
			'a dead device with a holder: kill_dax() clears both fields',
			'Write "holder: null, ops: null", or use setup.',
		);
	else if (ops !== null && ops !== holder)
		yield unreachable(
			'ops',
			`${holder} holds the device with the operations of ${ops}`,
			`Write "ops: ${holder}", or use setup.`,
		);
	const least = holder === null ? 1 : 2;
	if (refs !== undefined && refs < least)
		yield unreachable(
			'refs',
			`too few references: the driver${holder === null ? ' has one' : ' and the holder have one each'}`,
			`Write ${least} or more, or leave refs out.`,
		);
}
