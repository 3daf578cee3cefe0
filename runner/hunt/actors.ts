// SPDX-License-Identifier: MIT
/**
 * The callers of generated programs and the call sequences that each may make, one thread an actor: the driver removes,
 * revives and drops; a holder claims and releases, once; others notify, look up and ask. Sequences of one thread need no
 * actor of their own: they are among the interleavings of several threads.
 */
import type { CallName } from '../../schema/types/common';
import type { NamedCall, Scenario } from './scenario';

export type Script = readonly NamedCall[];

export interface Actor {
	readonly name: string;
	/** The actor has one of these. */
	readonly scripts: readonly Script[];
	/** A later actor with the same scripts. */
	readonly twin?: string;
}

/** Actors for a device at the start, with the scripts whose calls an implementation has. */
export function actorsFor(device: Scenario['device'], has: readonly CallName[]): Actor[] {
	const list = [
		driver(device.alive),
		...(device.holder === null
			? []
			: [{ name: device.holder, scripts: [[release(device.holder)]] }]),
		...(device.holder === null
			? [claimer('A', 'B'), claimer('B')]
			: [claimer('B', 'C'), claimer('C')]),
		...OTHERS,
	];
	const known = ({ call }: NamedCall) => has.includes(call as CallName);
	return list.map((actor) => ({
		...actor,
		scripts: actor.scripts.filter((script) => script.every(known)),
	}));
}

/** Scripts of a driver that calls kill_dax(), that is unbound, or that removes its disk. */
function driver(alive: boolean): Actor {
	const removal: NamedCall = { call: 'kill_dax', as: 'removal' };
	const again: NamedCall = { call: 'kill_dax', as: 'second-removal' };
	const revival: NamedCall = { call: 'run_dax', as: 'revival' };
	const drop: NamedCall = { call: 'put_dax', as: 'drop' };
	const unbinding: NamedCall = { call: 'device_release_driver', as: 'unbinding' };
	const binding: NamedCall = {
		call: 'device_driver_attach',
		driver: 'DAXDRV_FSDEV_TYPE',
		as: 'binding',
	};
	const hiding: NamedCall = { call: 'dax_remove_host', as: 'hiding' };
	const ofLive = [
		[removal],
		[removal, revival],
		[removal, drop],
		[removal, revival, again],
		[unbinding],
		[unbinding, binding],
		[hiding],
		[hiding, removal],
	];
	const ofDead = [[revival], [revival, removal], [revival, removal, drop]];
	return { name: 'driver', scripts: alive ? ofLive : ofDead };
}

export const release = (holder: string): NamedCall => ({
	call: 'fs_put_dax',
	holder,
	as: `release-${holder}`,
});

function claimer(name: string, twin?: string): Actor {
	const scripts = (['fs_dax_get', 'fs_dax_get_by_bdev'] as const).flatMap((call) => {
		const claim: NamedCall = { call, holder: name, ops: name, as: `claim-${name}` };
		return [[claim], [claim, release(name)]];
	});
	return { name, scripts, ...(twin !== undefined && { twin }) };
}

const LOOKUP: NamedCall = { call: 'fs_dax_get_by_bdev', holder: null, ops: null, as: 'found' };
const GIVE_BACK: NamedCall = { call: 'fs_put_dax', holder: null, as: 'given-back' };

const OTHERS: readonly Actor[] = [
	{ name: 'lookup', scripts: [[LOOKUP], [LOOKUP, GIVE_BACK]] },
	{
		name: 'failure',
		scripts: [[{ call: 'dax_holder_notify_failure', as: 'notify' }]],
		twin: 'failure-2',
	},
	{ name: 'failure-2', scripts: [[{ call: 'dax_holder_notify_failure', as: 'notify-2' }]] },
	{
		name: 'asker',
		scripts: [[{ call: 'dax_holder', as: 'asked' }], [{ call: 'dax_get_private', as: 'given' }]],
	},
	{
		name: 'access',
		scripts: [
			[
				{ call: 'dax_read_lock', as: 'entering' },
				{ call: 'dax_alive', as: 'lives' },
				{ call: 'dax_read_unlock', as: 'leaving' },
			],
		],
	},
];
