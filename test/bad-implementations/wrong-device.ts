// SPDX-License-Identifier: MIT

import { store } from '../../implementations/reference/access';
import { merged } from '../../implementations/reference/calls';
import type { Call, Calls } from '../../implementations/reference/kernel';
import { Machine } from '../../implementations/reference/machine';
import { type Bad, executing } from './bad';

/** Calls that make an unknown holder own the device, in events, results and final device alike. */
const calls = Object.fromEntries(
	Object.entries(merged).map(([name, call]: [string, Call]) => [
		name,
		function* (k, args) {
			const result = yield* call(k, args);
			yield store(k.dax_dev.holder_data, 'stranger');
			return result;
		} satisfies Call,
	]),
) as Calls;

export const wrongDevice: Bad = {
	about: 'makes an unknown holder own the device, consistently',
	verdict: 'fail',
	reason: /^(holder is stranger at the end|seen is stranger|1 WARN in fs_put_dax\(\)), expected/,
	open: () => executing((schedule, program) => new Machine(program, calls).run(schedule)),
};
