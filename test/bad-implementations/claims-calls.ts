// SPDX-License-Identifier: MIT
import type { Call } from '../../implementations/reference/kernel';
import { Machine } from '../../implementations/reference/machine';
import { type Bad, executing, good } from './bad';

/** Lists every call and has none: the first one throws. */
export const throwsAtCalls: Bad = {
	about: 'lists calls that it does not have, and throws',
	verdict: 'crash',
	reason: /the implementation threw: this revision has no \w+\(\)/,
	open: () => executing((schedule, program) => new Machine(program, {}).run(schedule)),
};

const nothing: Call = function* () {
	yield* [];
	return 'ok';
};

/** Lists every call and omits those of the last thread. */
export const leavesCallsOut: Bad = {
	about: 'lists calls that it does not make',
	verdict: 'error',
	reason: /^thread \w+ made 0 of its \d calls \(call\)$/,
	open: () =>
		executing((_, program) => {
			const threads = program.threads.map((thread, index) =>
				index === program.threads.length - 1 ? { ...thread, calls: [] } : thread,
			);
			const calls = Object.fromEntries(good.calls.map((name) => [name, nothing]));
			return new Machine({ ...program, threads }, calls).run([]);
		}),
};

/** Lists no calls and has none. */
export const lacksCalls: Bad = {
	about: 'lists no calls',
	verdict: 'skip',
	reason: /^no \w+\(\)$/,
	open: () => ({ ...good, calls: [] }),
};

/** Lists no fields, so that moments cannot be judged. */
export const seesNoFields: Bad = {
	about: 'lists no fields',
	verdict: 'not-run',
	reason: /^accesses of \w+ cannot be seen here$/,
	where: ({ needs }) => needs.fields.length > 0,
	open: () => ({ ...good, fields: [] }),
};

/** Follows named orders only. */
export const cannotExplore: Bad = {
	about: 'does not explore',
	verdict: 'not-run',
	reason: /^it cannot follow every schedule: try --order named$/,
	open: () => ({ ...good, explores: false }),
};
