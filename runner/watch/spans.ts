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
	device?: string;
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
	for (const span of spans) {
		if (span.device !== undefined) continue;
		const { name, values } = span.call;
		if (name === 'dax_remove_host') span.device = deviceLike(spans, span, 'disk', values.disk);
		if (name !== 'fs_dax_get_by_bdev') continue;
		span.device =
			deviceLike(spans, span, 'bdev', values.bdev) ??
			(values.holder === NULL ? undefined : deviceLike(spans, span, 'holder', values.holder));
	}
}

/** The device of the last call before a span with the same argument, else of the first one after it. */
function deviceLike(
	spans: readonly Span[],
	of: Span,
	argument: string,
	value: string | undefined,
): string | undefined {
	const like = spans.filter(
		({ device, call }) =>
			device !== undefined && value !== undefined && call.values[argument] === value,
	);
	const before = like.findLast(({ call }) => call.order < of.call.order);
	return (before ?? like[0])?.device;
}

/** True for an ERR_PTR(). */
const isError = (pointer: string): boolean => BigInt(pointer) > 2n ** 64n - 4096n;
