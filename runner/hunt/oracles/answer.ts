// SPDX-License-Identifier: MIT
import type { History, Made } from '../history';
import { NEVER, overlap } from '../history';
import { CLAIMS } from '../scenario';
import { type Oracle, sources } from './oracle';

/** A call that nothing overlaps answers as the device stands. */
export const answer: Oracle = {
	name: 'answer',
	states: 'A call that races with nothing answers as the device stands',
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
	*find(history) {
		for (const made of history.calls) {
			if (made.within || made.result === undefined) continue;
			const others = history.calls.filter((each) => each !== made && !HARMLESS.includes(each.call));
			if (others.some((each) => overlap(each, made))) continue;
			const expected = rightAnswer(history, made);
			if (expected === undefined || expected === made.result) continue;
			yield {
				at: made.end,
				kind: made.call,
				message: `${made.as} is ${made.result}, expected ${expected}`,
				mend: (end) => {
					end.results[made.as] = expected;
					end.device = {};
					end.callbacks = {};
				},
			};
		}
	},
};

/** Calls that change nothing. */
const HARMLESS: readonly string[] = ['dax_holder', 'dax_holder_notify_failure'];

/** undefined where a call says nothing, or nobody can tell. */
function rightAnswer(history: History, made: Made): string | null | undefined {
	const { alive } = history.state(made.begin);
	const owner = ownerAt(history, made.begin);
	if (owner === undefined) return undefined;
	switch (made.call) {
		case 'dax_holder':
			return owner;
		case 'dax_alive':
			return alive ? 'alive' : 'dead';
		case 'dax_get_private':
			return alive ? 'ok' : null;
		case 'dax_holder_notify_failure':
			if (!alive) return '-ENXIO';
			return owner === null ? '-EOPNOTSUPP' : 'ok';
		case 'fs_dax_get':
			if (!alive) return '-ENODEV';
			return owner === null ? 'ok' : '-EBUSY';
		case 'fs_dax_get_by_bdev':
			return alive && hosted(history, made) && (made.holder === null || owner === null)
				? 'ok'
				: null;
		default:
			return undefined;
	}
}

/** Is the device found by its disk? */
const hosted = ({ calls }: History, { begin }: Made): boolean =>
	calls.findLast(({ call, end }) => end < begin && /^dax_(add|remove)_host$/.test(call))?.call !==
	'dax_remove_host';

/** Who holds the device at a moment without a race, by what calls had returned; undefined when calls raced before. */
function ownerAt({ tenures, calls }: History, index: number): string | null | undefined {
	for (const { claim, removal } of tenures)
		if (claim && removal && overlap(claim, removal)) return undefined;
	const raced = calls.filter(({ call, begin }) => CLAIMS.includes(call) && begin < index);
	if (raced.some((each) => each.end > index)) return undefined;
	const owner = tenures.find(
		({ from, release, removal }) =>
			from < index &&
			(release?.begin ?? NEVER) > index &&
			!(removal && removal.begin < index && removal.begin > from),
	);
	return owner?.holder ?? null;
}
