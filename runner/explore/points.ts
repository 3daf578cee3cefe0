// SPDX-License-Identifier: MIT
/** The begin and end of a call or thread that a vector names. */
import type { Case } from '../library/compile';
import type { Moment } from '../library/observation';

/** Throws when the case has no call or thread of that name; the loader refuses such vectors. */
export function pointOf(
	{ points }: Pick<Case, 'points'>,
	name: string,
): Readonly<Record<'begin' | 'end', Moment>> {
	const point = points.get(name);
	if (!point) throw new Error(`no call or thread has the name ${name}: correct the vector`);
	return point;
}
