// SPDX-License-Identifier: MIT
import { answering, type Bad } from './bad';

const throwing = (about: string, reason: RegExp, answer: () => unknown): Bad => ({
	about,
	verdict: 'crash',
	reason,
	open: () => answering(answer),
});

const raise = (thrown: unknown) => () => {
	throw thrown;
};

export const throwsError = throwing(
	'throws',
	/threw: out of luck$/,
	raise(new Error('out of luck')),
);
export const rejects = throwing('rejects', /threw: out of luck$/, () =>
	Promise.reject(new Error('out of luck')),
);
export const throwsText = throwing('throws text', /threw: .*out of luck/, raise('out of luck'));
export const throwsUndefined = throwing('throws undefined', /threw: undefined$/, raise(undefined));
export const rejectsWithNull = throwing('rejects with null', /threw: null$/, () =>
	Promise.reject(null),
);
/** Throws an object that cannot be converted to a string. */
export const throwsBareObject = throwing(
	'throws an object without a prototype',
	/threw: .*luck: 'out'/,
	raise(Object.assign(Object.create(null), { luck: 'out' })),
);
