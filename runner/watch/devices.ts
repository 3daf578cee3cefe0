// SPDX-License-Identifier: MIT
/** Makes the history of each dax_device from what was observed. */
import type { Observation } from '../../implementations/watcher';
import { type Device, deviceHistory } from './device-history';
import { type Span, spansOf } from './spans';

export interface Devices {
	readonly devices: readonly Device[];
	/** All calls, also those without a device. */
	readonly calls: readonly Observation[];
}

export function devicesOf(observations: readonly Observation[]): Devices {
	const spans = spansOf(observations);
	const of = (kind: Observation['kind']) => observations.filter((each) => each.kind === kind);
	const frees = new Map<string, Observation[]>();
	for (const each of of('freed')) {
		const { device = '' } = each.values;
		frees.set(device, [...(frees.get(device) ?? []), each]);
	}
	const attached = new Map(of('attached').map(({ name, order }) => [name, order]));
	const lives = new Map<string, { spans: Span[]; freed: Observation | undefined }>();
	for (const span of spans) {
		const { device, call } = span;
		if (device === undefined) continue;
		// The memory of a freed device may become another device.
		const own = frees.get(device) ?? [];
		const ordinal = own.filter(({ order }) => order < call.order).length;
		const life = lives.get(`${device} ${ordinal}`) ?? { spans: [], freed: own[ordinal] };
		lives.set(`${device} ${ordinal}`, life);
		life.spans.push(span);
	}
	// A dax_remove_host() that comes too late says nothing of the next device in the same memory.
	const used = [...lives.values()].filter((life) =>
		life.spans.some(({ call }) => call.name !== 'dax_remove_host'),
	);
	const devices = used.map((life, index) => ({
		name: `dax_device ${index + 1}`,
		...deviceHistory(life.spans, life.freed, attached),
	}));
	return { devices, calls: spans.map(({ call }) => call) };
}
