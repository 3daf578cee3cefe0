// SPDX-License-Identifier: MIT
/**
 * Takes smaller candidates one after the other as long as they fail. No single further step is smaller and still fails
 * (1-minimal; Zeller and Hildebrandt, 2002).
 */
export async function descend<T>(
	start: T,
	smaller: (thing: T) => Iterable<T>,
	fails: (thing: T) => boolean | Promise<boolean>,
): Promise<T> {
	for (const candidate of smaller(start))
		if (await fails(candidate)) return descend(candidate, smaller, fails);
	return start;
}
