// SPDX-License-Identifier: MIT
/** The callers of calls, from their stacks. */
import type { CallbackSpan, CallSpan } from '../history/history';
import type { Device } from './device-history';

/** Frames of a stack that are shown. */
const MAX_FRAMES = 6;

/** The frames that called, innermost first, without the called function. */
export function framesOf({ made }: Device, span: CallSpan | CallbackSpan): readonly string[] {
	const { stack = [], name = '' } = made.get(span) ?? {};
	// Frames of the probe itself come first. A tree's own super.c has a prefix: see kernel/super.ts.
	const own = stack.findIndex((frame) =>
		[`${name}+`, `ut_${name}+`].some((each) => frame.startsWith(each)),
	);
	return stack.slice(own + 1, own + 1 + MAX_FRAMES);
}

/** The function that called, such as "xfs_free_buftarg". */
export const callerOf = (device: Device, span: CallSpan | CallbackSpan): string =>
	/^[\w.]+/.exec(framesOf(device, span)[0] ?? '')?.[0] ?? '';
