// SPDX-License-Identifier: MIT
/** Judges the histories of devices: the rules of callers first, then the invariants of what they call. */

import { callerRules } from '../history/callers';
import type { CallbackSpan, CallSpan, History } from '../history/history';
import { oracles } from '../history/oracles';
import type { Oracle, Violation } from '../history/oracles/oracle';
import type { Device } from './device-history';
import { callerOf } from './stacks';

/** Oracles that a trace cannot answer, with the reason. */
export const UNSEEN: Readonly<Record<string, string>> = {
	'access-outlives-removal':
		'read sections are too frequent to be traced, and dax_alive() is inlined',
	fault: 'an oops or a deadlock ends in the kernel log, not in the trace',
	'reference-count': 'igrab() and iput() of all inodes would have to be traced',
	'sequential-result': 'a callback may return any error, and a claim may fail for other reasons',
};

export interface Finding {
	readonly oracle: Oracle;
	/** True if a caller broke a rule, false if the called functions broke theirs. */
	readonly ofCaller: boolean;
	readonly violation: Violation;
	readonly device: Device;
	/** The calls and callbacks that show it, in order. */
	readonly spans: readonly (CallSpan | CallbackSpan)[];
	/** How often it was found, with the same callers. */
	count: number;
}

/** Each finding once, in the order in which they happened. */
export function judge(devices: readonly Device[]): Finding[] {
	const found = new Map<string, Finding>();
	for (const device of devices)
		for (const { oracle, violation, ofCaller } of violationsOf(device)) {
			const spans = spansFor(violation, device.history);
			const callers = spans.map((span) => callerOf(device, span));
			const key = [oracle.name, violation.kind, ...callers].join(' ');
			const known = found.get(key);
			if (known) known.count++;
			else found.set(key, { oracle, ofCaller, violation, device, spans, count: 1 });
		}
	return [...found.values()];
}

interface Violated {
	readonly oracle: Oracle;
	readonly violation: Violation;
	readonly ofCaller: boolean;
}

/** Violations in order. Leaves out invariants that fail after the first broken rule, because it may be the cause. */
function violationsOf({ history, hasFields }: Device): Violated[] {
	const check = (list: readonly Oracle[], ofCaller: boolean): Violated[] =>
		list.flatMap((oracle) =>
			[...oracle.check(history)].map((violation) => ({ oracle, violation, ofCaller })),
		);
	const ofCallers = check(callerRules, true);
	const first = Math.min(...ofCallers.map(({ violation }) => violation.at));
	const seen = oracles.filter(
		({ name, readsFields }) => !Object.hasOwn(UNSEEN, name) && (hasFields || !readsFields),
	);
	const ofCalled = check(seen, false).filter(({ violation }) => violation.at < first);
	return [...ofCallers, ...once(ofCalled)].sort((a, b) => a.violation.at - b.violation.at);
}

/** The first violation of each kind: a wrong state is seen after each event while it lasts. */
function once(violated: readonly Violated[]): Violated[] {
	const keys = new Set<string>();
	return violated.filter(({ oracle, violation }) => {
		const key = `${oracle.name} ${violation.kind} ${violation.message}`;
		return !keys.has(key) && keys.add(key);
	});
}

/** Calls shown for a violation that names none. */
const LAST_SPANS = 6;
/** Calls that are not shown then. */
const SETUP: readonly string[] = ['alloc_dax', 'dax_add_host', 'dax_remove_host'];

function spansFor({ at, calls }: Violation, history: History): (CallSpan | CallbackSpan)[] {
	if (calls) return [...calls].sort((a, b) => a.begin - b.begin);
	return [...history.calls, ...history.callbacks]
		.filter((span) => span.begin <= at && !('call' in span && SETUP.includes(span.call)))
		.sort((a, b) => a.begin - b.begin)
		.slice(-LAST_SPANS);
}
