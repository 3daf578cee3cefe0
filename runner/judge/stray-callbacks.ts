// SPDX-License-Identifier: MIT
/**
 * Reports the first callback about another device than the call that made it: notify_failure() takes the dax_device that
 * failed or goes away.
 */
import type { Execution } from '../../schema/types/execution';
import type { Case } from '../library/compile';
import type { Violation } from './violation';

type Callback = Execution['callbacks'][number];
type Device = NonNullable<Callback['device']> | 'device';

const NAMES: Readonly<Record<Device, string>> = {
	device: 'the device',
	log: 'the log',
	unknown: 'an unknown device',
};

export function* strayCallbacks({ program }: Case, execution: Execution): Generator<Violation> {
	const { callbacks } = execution;
	if (program.log === undefined && callbacks.every(({ device }) => device === undefined)) return;
	const calls = [...program.threads, ...Object.values(program.holders)].flatMap(
		(caller) => caller?.calls ?? [],
	);
	for (const callback of callbacks) {
		const { holder, device = 'device' } = callback;
		const site = execution.events[callback.event]?.site;
		const given = calls.find((call) => call.site === site)?.device;
		const expected = typeof given === 'number' ? resultAt(execution, given) : (given ?? 'device');
		if (device === expected) continue;
		yield {
			expectation: ['outcomes', 'callbacks', 'device'],
			message: `${holder} was told about ${NAMES[device]}, by a call about ${NAMES[expected]}`,
		};
		return;
	}
}

/** The device that the call at a site returned. */
const resultAt = ({ results }: Execution, site: number): Device =>
	results.findLast((result) => result.site === site)?.value === 'log' ? 'log' : 'device';
