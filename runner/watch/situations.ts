// SPDX-License-Identifier: MIT
/** Situations of vectors that a history contains: what a workload has exercised. */
import { CLAIMS, isClaim, isRelease, isRevival } from '../history/calls';
import { type CallSpan, type History, overlap, type Span } from '../history/history';

interface Situation {
	readonly name: string;
	readonly vectors: readonly string[];
	count(history: History): number;
}

const named = ({ calls }: History, name: string): CallSpan[] =>
	calls.filter(({ call }) => call === name);
const claims = ({ calls }: History): CallSpan[] => calls.filter(isClaim);
const pairs = (some: readonly Span[], others: readonly Span[]): number =>
	some.filter((each) => others.some((other) => overlap(each, other))).length;
const notifications = (history: History): CallSpan[] => named(history, 'dax_holder_notify_failure');

export const situations: readonly Situation[] = [
	{
		name: 'a claim of a free device',
		vectors: ['DAXV-0003'],
		count: (history) => claims(history).filter(({ result }) => result === 'ok').length,
	},
	{
		name: 'a claim that is refused',
		vectors: ['DAXV-0008', 'DAXV-0011'],
		count: (history) => claims(history).filter(({ result }) => result !== 'ok').length,
	},
	{
		name: 'a lookup without a holder',
		vectors: ['DAXV-0006'],
		count: ({ calls }) =>
			calls.filter(({ call, holder }) => CLAIMS.includes(call) && holder === null).length,
	},
	{
		name: 'a release by its holder',
		vectors: ['DAXV-0004'],
		count: ({ tenures }) => tenures.filter(({ release }) => release).length,
	},
	{
		name: 'a claim concurrent with a release',
		vectors: ['DAXV-0001'],
		count: (history) => pairs(claims(history), history.calls.filter(isRelease)),
	},
	{
		name: 'a claim concurrent with a removal',
		vectors: ['DAXV-0039', 'DAXV-0040'],
		count: (history) => pairs(claims(history), history.removals),
	},
	{
		name: 'a removal under a holder',
		vectors: ['DAXV-0002', 'DAXV-0022'],
		count: ({ tenures }) =>
			tenures.filter(({ removal, until }) => removal && until === removal.begin).length,
	},
	{
		name: 'a removal without a holder',
		vectors: ['DAXV-0025'],
		count: ({ removals, tenures }) =>
			removals.filter(({ begin }) => !tenures.some(({ until }) => until === begin)).length,
	},
	{
		name: 'a release concurrent with a removal',
		vectors: ['DAXV-0021'],
		count: ({ calls, removals }) => pairs(calls.filter(isRelease), removals),
	},
	{
		name: 'a release after a removal',
		vectors: ['DAXV-0020'],
		count: ({ tenures }) =>
			tenures.filter(({ release, removal }) => release && removal && removal.end < release.begin)
				.length,
	},
	{
		name: 'a release inside a callback',
		vectors: ['DAXV-0046'],
		count: ({ calls }) => calls.filter((each) => isRelease(each) && each.inside).length,
	},
	{
		name: 'a revival',
		vectors: ['DAXV-0042'],
		count: ({ calls }) => calls.filter(isRevival).length,
	},
	{
		name: 'a notification that a holder answers',
		vectors: ['DAXV-0030'],
		count: ({ callbacks }) =>
			callbacks.filter(({ caller }) => caller.call === 'dax_holder_notify_failure').length,
	},
	{
		name: 'a notification without a holder',
		vectors: ['DAXV-0028'],
		count: (history) =>
			notifications(history).filter(({ result }) => result === '-EOPNOTSUPP').length,
	},
	{
		name: 'a notification concurrent with a release',
		vectors: ['DAXV-0031', 'DAXV-0036'],
		count: (history) => pairs(notifications(history), history.calls.filter(isRelease)),
	},
	{
		name: 'the end of a device',
		vectors: ['DAXV-0052'],
		count: ({ recording: { freed } }) => (freed === undefined ? 0 : 1),
	},
];
