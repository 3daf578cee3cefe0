// SPDX-License-Identifier: MIT
import { merged } from '../../implementations/reference/calls';
import type { Call, Calls } from '../../implementations/reference/kernel';
import { Machine } from '../../implementations/reference/machine';
import { type Bad, executing } from './bad';

/** Every call does what it should and returns -EIO. */
const calls = Object.fromEntries(
	Object.entries(merged).map(([name, call]: [string, Call]) => [
		name,
		function* (k, args) {
			yield* call(k, args);
			return '-EIO';
		} satisfies Call,
	]),
) as Calls;

export const wrongResult: Bad = {
	about: 'returns another result, consistently',
	verdict: 'fail',
	reason: /^\w+ is -EIO, expected/,
	where: ({ vector }) => Object.values(vector.outcomes).some(({ results }) => results),
	open: () => executing((schedule, program) => new Machine(program, calls).run(schedule)),
};
