// SPDX-License-Identifier: MIT

import { CLAIMS } from '../calls';
import type { CallSpan, History } from '../history';
import { NEVER, overlap } from '../history';
import { type Oracle, sources } from './oracle';

export const sequentialResult: Oracle = {
	name: 'sequential-result',
	invariant: 'A call without a concurrent call has the result that the device requires',
	class: 'wrong-result',
	effect: 'a memory failure is not delivered or not handled, or a free device cannot be claimed',
	links: [
		{
			role: 'rule',
			'message-id': 'YkPtcJdP4s0m17hY@infradead.org',
			by: 'Christoph Hellwig',
			says: '"The caller needs to know there are no holder ops to fall back to different path"',
		},
		sources.holders,
	],
	vectors: ['DAXV-0008', 'DAXV-0029'],
	readsFields: true,
	*check(history) {
		for (const call of history.calls) {
			if (call.inside || call.result === undefined) continue;
			const others = history.calls.filter((each) => each !== call && !READERS.includes(each.call));
			if (others.some((each) => overlap(each, call))) continue;
			const expected = requiredResult(history, call);
			if (expected === undefined || expected === call.result) continue;
			yield {
				at: call.end,
				kind: call.call,
				message: `${call.as} is ${call.result}, expected ${expected}`,
				correction: { results: { [call.as]: expected }, resultsOnly: true },
			};
		}
	},
};

/** Calls that change nothing. */
const READERS: readonly string[] = ['dax_holder', 'dax_holder_notify_failure'];

/** undefined where a call has no result or the holder is not determined. */
function requiredResult(history: History, call: CallSpan): string | null | undefined {
	const { alive } = history.state(call.begin);
	const holder = holderAt(history, call.begin);
	if (holder === undefined) return undefined;
	switch (call.call) {
		case 'dax_holder':
			return holder;
		case 'dax_alive':
			return alive ? 'alive' : 'dead';
		case 'dax_get_private':
			return alive ? 'ok' : null;
		case 'dax_holder_notify_failure':
			if (!alive) return '-ENXIO';
			return holder === null ? '-EOPNOTSUPP' : 'ok';
		case 'fs_dax_get':
			if (!alive) return '-ENODEV';
			return holder === null ? 'ok' : '-EBUSY';
		case 'fs_dax_get_by_bdev': {
			const found = alive && hasHost(history, call.begin);
			return found && (call.holder === null || holder === null) ? 'ok' : null;
		}
		default:
			return undefined;
	}
}

/** True if a lookup by disk finds the device. */
const hasHost = ({ calls }: History, index: number): boolean =>
	calls.findLast(({ call, end }) => end < index && /^dax_(add|remove)_host$/.test(call))?.call !==
	'dax_remove_host';

/** The holder before an event by the calls that had returned; undefined when such calls had overlapped. */
function holderAt({ tenures, calls }: History, index: number): string | null | undefined {
	for (const { claim, removal } of tenures)
		if (claim && removal && overlap(claim, removal)) return undefined;
	const claims = calls.filter(({ call, begin }) => CLAIMS.includes(call) && begin < index);
	if (claims.some((each) => each.end > index)) return undefined;
	const tenure = tenures.find(
		({ from, release, removal }) =>
			from < index &&
			(release?.begin ?? NEVER) > index &&
			!(removal && removal.begin < index && removal.begin > from),
	);
	return tenure?.holder ?? null;
}
