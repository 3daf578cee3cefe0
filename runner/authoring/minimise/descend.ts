// SPDX-License-Identifier: MIT
/**
 * Takes one smaller thing after the other, as long as it still fails. Of what is left, no single step is smaller and
 * fails (1-minimal; Zeller and Hildebrandt, 2002).
 */
export async function descend<T>(
	start: T,
	smaller: (thing: T) => Iterable<T>,
	fails: (thing: T) => boolean | Promise<boolean>,
): Promise<T> {
	let least = start;
	for (let found = true; found; ) {
		found = false;
		for (const candidate of smaller(least)) {
			if (!(await fails(candidate))) continue;
			least = candidate;
			found = true;
			break;
		}
	}
	return least;
}
