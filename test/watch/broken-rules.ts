// SPDX-License-Identifier: MIT
/** Rules that the callers of test/fixtures/kernel/callers break, in the order of these callers. */
export const BROKEN = [
	'release-by-other',
	'release-twice',
	'release-of-refused-claim',
	'freed-alive',
	'freed-while-held',
	'freed-with-host',
	'callback-outlives-release',
];
