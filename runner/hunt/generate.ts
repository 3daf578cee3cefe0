// SPDX-License-Identifier: MIT
/**
 * Programs of callers who keep to the rules, from nothing but the list of calls. Everybody is an actor with a script:
 * the driver removes, revives and lets go, a holder claims and releases, once, others notify, look up and ask. A
 * thread each: what one thread does in sequence is among the interleavings of several.
 */
import type { CallName } from '../../schema/types/common';
import type { Call } from '../../schema/types/vector';
import { isLegal } from './legal';
import { type Scenario, sizeOf } from './scenario';

type Script = readonly Call[];
type Callback = 'silent' | 'asks' | 'releases';

const STARTS = [
	{ alive: true, holder: 'A', ops: 'A' },
	{ alive: true, holder: null, ops: null },
	{ alive: false, holder: null, ops: null },
] as const;

/** Every scenario of a size (calls, those in callbacks included) up to the names of holders, in a fixed order. */
export function* scenarios(
	size: number,
	has: readonly CallName[],
	threads: number,
): Generator<Scenario> {
	for (const device of STARTS)
		for (const chosen of choose(actors(device, has), size, threads))
			for (const callbacks of reactions(chosen, device, size - lengthOf(chosen))) {
				const scenario = assemble(device, chosen, callbacks);
				if (sizeOf(scenario) === size && isLegal(scenario)) yield scenario;
			}
}

/** Each actor as the scripts that it may have; the same actor has one of them. */
interface Actor {
	readonly name: string;
	readonly scripts: readonly Script[];
	/** Who has the same scripts, and stands after it in the list of actors. */
	readonly twin?: string;
}

function actors(device: Scenario['device'], has: readonly CallName[]): Actor[] {
	const { alive, holder } = device;
	const removal: Call = { call: 'kill_dax', as: 'removal' };
	const revival: Call = { call: 'run_dax', as: 'revival' };
	const drop: Call = { call: 'put_dax', as: 'drop' };
	const again: Call = { call: 'kill_dax', as: 'second-removal' };
	const driver = alive
		? [[removal], [removal, revival], [removal, drop], [removal, revival, again]]
		: [[revival], [revival, removal], [revival, removal, drop]];
	const list: Actor[] = [{ name: 'driver', scripts: [...driver, ...otherDrivers(alive)] }];
	if (holder !== null) list.push({ name: 'A', scripts: [[release('A')]] });
	for (const [name, twin] of holder === null ? [['A', 'B'], ['B']] : [['B', 'C'], ['C']])
		list.push({
			name: name!,
			...(twin && { twin }),
			scripts: (['fs_dax_get', 'fs_dax_get_by_bdev'] as const).flatMap((call) => {
				const claim: Call = { call, holder: name!, ops: name!, as: `claim-${name}` };
				return [[claim], [claim, release(name!)]];
			}),
		});
	const lookup: Call = { call: 'fs_dax_get_by_bdev', holder: null, ops: null, as: 'found' };
	list.push({
		name: 'lookup',
		scripts: [[lookup], [lookup, { call: 'fs_put_dax', holder: null, as: 'given-back' }]],
	});
	for (const suffix of ['', '-2']) {
		const notify: Call = { call: 'dax_holder_notify_failure', as: `notify${suffix}` };
		const twin = suffix === '' ? { twin: 'failure-2' } : {};
		list.push({ name: `failure${suffix}`, scripts: [[notify]], ...twin });
	}
	const asked: Call = { call: 'dax_holder', as: 'asked' };
	list.push({ name: 'asker', scripts: [[asked], [{ call: 'dax_get_private', as: 'given' }]] });
	const access = [
		{ call: 'dax_read_lock', as: 'entering' },
		{ call: 'dax_alive', as: 'lives' },
		{ call: 'dax_read_unlock', as: 'leaving' },
	];
	list.push({ name: 'access', scripts: [access] });
	const known = ({ call }: Call) => has.includes(call as CallName);
	return list.map((actor) => ({
		...actor,
		scripts: actor.scripts.filter((script) => script.every(known)),
	}));
}

/** Drivers that are bound and unbound, and those that have a disk. */
function otherDrivers(alive: boolean): Script[] {
	const unbinding: Call = { call: 'device_release_driver', as: 'unbinding' };
	const binding: Call = {
		call: 'device_driver_attach',
		driver: 'DAXDRV_FSDEV_TYPE',
		as: 'binding',
	};
	const hiding: Call = { call: 'dax_remove_host', as: 'hiding' };
	const removal: Call = { call: 'kill_dax', as: 'removal' };
	return alive ? [[unbinding], [unbinding, binding], [hiding], [hiding, removal]] : [];
}

const release = (holder: string): Call => ({
	call: 'fs_put_dax',
	holder,
	as: `release-${holder}`,
});

type Chosen = { readonly name: string; readonly script: Script }[];

const lengthOf = (chosen: Chosen): number =>
	chosen.reduce((sum, { script }) => sum + script.length, 0);

/** Every choice of actors and scripts with at most that many calls. */
function* choose(list: readonly Actor[], size: number, threads: number): Generator<Chosen> {
	const [first, ...others] = list;
	if (!first) {
		yield [];
		return;
	}
	for (const script of [[], ...first.scripts]) {
		if (script.length > size || (script.length > 0 && threads === 0)) continue;
		const left = script.length > 0 ? threads - 1 : threads;
		for (const rest of choose(others, size - script.length, left)) {
			const own = script.length > 0 ? [{ name: first.name, script }] : [];
			const chosen = [...own, ...rest];
			// The first of two alike comes first, and has the longer script.
			if (!first.twin || !twice(first, script, rest)) yield chosen;
		}
	}
}

/** Is this choice the mirror image of another one, where the twin has this script? */
function twice({ twin, scripts }: Actor, script: Script, rest: Chosen): boolean {
	const other = rest.find(({ name }) => name === twin);
	if (!other) return false;
	const rank = (own: Script) =>
		own.length === 0 ? -1 : own.length * 2 + (own[0]!.call === scripts[0]![0]!.call ? 0 : 1);
	return rank(other.script) > rank(script);
}

/** What the callbacks do, with that many calls in all. */
function* reactions(
	chosen: Chosen,
	{ holder: first }: Scenario['device'],
	calls: number,
): Generator<Map<string, Callback>> {
	const names = new Set(first === null ? [] : [first]);
	for (const { script } of chosen)
		for (const { holder } of script) if (typeof holder === 'string') names.add(holder);
	const told = chosen.some(({ name }) => name === 'driver' || name.startsWith('failure'));
	const silent = new Map([...names].map((name) => [name, 'silent' as Callback]));
	if (calls === 0) yield silent;
	if (calls === 1 && told)
		for (const name of names)
			for (const reaction of ['asks', 'releases'] as const)
				yield new Map([...silent, [name, reaction]]);
}

function assemble(
	device: Scenario['device'],
	chosen: Chosen,
	callbacks: ReadonlyMap<string, Callback>,
): Scenario {
	const holders = Object.fromEntries(
		[...callbacks].map(([name, callback]) => {
			if (callback === 'silent') return [name, {}];
			const call: Call =
				callback === 'asks' ? { call: 'dax_holder', as: `seen-by-${name}` } : release(name);
			return [name, { notify_failure: { calls: [call] } }];
		}),
	);
	const threads = Object.fromEntries(chosen.map(({ name, script }) => [name, [...script]]));
	return { device, holders, threads } as unknown as Scenario;
}
