// SPDX-License-Identifier: MIT
/** Chooses the failure that a vector is about: on an old revision, other bugs fail the vector too. */
import type { Failure } from '../../schema/types/report';
import type { LiveVector } from '../library/vector';

type BugClass = LiveVector['bug']['class'];

/** Expectations of the classes that have expectations of their own; all other classes have the rest. */
const EXPECTATIONS: Partial<Record<BugClass, RegExp>> = {
	'double-fetch': /faults\/(double-fetch|null-dereference)$/,
	deadlock: /faults\/deadlock$/,
	'data-race': /^races$/,
	'false-warning': /warnings\//,
	'missing-warning': /warnings\//,
	'reference-leak': /\/refs$/,
	'reference-underflow': /\/refs$/,
	'use-after-release': /faults\/|\/quiet$|\/results\//,
};

const OF_SOME_CLASS = /faults\/|^races$|warnings\//;

/** True for a failure that shows a bug of the class. */
export function isOfClass(kind: BugClass, { expectation }: Failure): boolean {
	const own = EXPECTATIONS[kind];
	return own ? own.test(expectation) : !OF_SOME_CLASS.test(expectation);
}
