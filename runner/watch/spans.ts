// SPDX-License-Identifier: MIT
/** Pairs the calls of each task with their returns. */
import type { Observation } from '../../implementations/watcher';

/** A call or a callback, with what it is inside of. */
export interface Span {
	readonly call: Observation;
	/** undefined when it never returned. */
	end?: Observation;
	/** The innermost call or callback of the same task that was in progress. */
	readonly outer: Span | null;
	/** Functions that warned during the call and inside nothing further. */
	readonly warnings: Observation[];
	/** Pointer of the device; undefined where the call does not tell. */
	device?: string | undefined;
}

/** The value of a NULL pointer. */
export const NULL = '0x0';

/** The spans in the order of their calls. */
export function spansOf(observations: readonly Observation[]): Span[] {
	const spans: Span[] = [];
	const open = new Map<number, Span[]>();
	for (const each of observations) {
		const stack = open.get(each.task) ?? [];
		open.set(each.task, stack);
		if (each.kind === 'call' || each.kind === 'callback') {
			const span: Span = { call: each, outer: stack.at(-1) ?? null, warnings: [] };
			spans.push(span);
			stack.push(span);
		} else if (each.kind === 'warning') stack.at(-1)?.warnings.push(each);
		else if (each.kind === 'return') {
			const at = stack.findLastIndex(({ call }) => call.name === each.name);
			// Spans above it lack a return: their functions left by a tail call.
			for (const span of at < 0 ? [] : stack.splice(at)) span.end ??= each;
		}
	}
	findDevices(spans);
	return spans;
}

/** Sets the device of each span: an argument, a result, or that of the same disk or the same holder. */
function findDevices(spans: readonly Span[]): void {
	for (const span of spans) {
		const found = span.call.values.device ?? span.end?.values.device;
		if (found !== undefined && found !== NULL && !isError(found)) span.device = found;
	}
	for (const argument of ['disk', 'bdev', 'holder']) {
		// The last call before with an equal argument tells more than the first one after it.
		inherit(spans, argument);
		inherit(spans.toReversed(), argument);
	}
}

/** Calls whose arguments do not name the device. */
const INDIRECT: readonly string[] = ['dax_remove_host', 'fs_dax_get_by_bdev'];

/** Gives spans without a device that of the last span in this order with an equal argument. */
function inherit(spans: readonly Span[], argument: string): void {
	const devices = new Map<string, string>();
	for (const span of spans) {
		const { name, values } = span.call;
		const value = values[argument];
		if (value === undefined || value === NULL) continue;
		if (INDIRECT.includes(name)) span.device ??= devices.get(value);
		if (span.device !== undefined) devices.set(value, span.device);
	}
}

/** True for an ERR_PTR(). */
const isError = (pointer: string): boolean => BigInt(pointer) > 2n ** 64n - 4096n;
