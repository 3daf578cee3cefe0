// SPDX-License-Identifier: MIT
import type { Call } from '../../implementations/reference/kernel';
import { Machine } from '../../implementations/reference/machine';
import { type Bad, executing, good } from './bad';

/** It lists every call and has none of them: the first one ends it. */
export const throwsAtCalls: Bad = {
	about: 'claims calls that it does not have, and throws',
	verdict: 'crash',
	reason: /the implementation threw: this revision has no \w+\(\)/,
	open: () => executing((schedule, program) => new Machine(program, {}).run(schedule)),
};

const nothing: Call = function* () {
	yield* [];
	return 'ok';
};

/** It lists every call and leaves those of the last thread out. */
export const leavesCallsOut: Bad = {
	about: 'claims calls that it does not make',
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

/** The honest one: what it does not have, it does not list. */
export const lacksCalls: Bad = {
	about: 'has no calls, and says so',
	verdict: 'skip',
	reason: /^no \w+\(\)$/,
	open: () => ({ ...good, calls: [] }),
};

/** Also honest: it cannot see what a moment looks at, and says so. */
export const seesNoFields: Bad = {
	about: 'cannot see the accesses that a rule looks at, and says so',
	verdict: 'not-run',
	reason: /^accesses of \w+ cannot be seen here$/,
	where: ({ needs }) => needs.fields.length > 0,
	open: () => ({ ...good, fields: [] }),
};

/** Also honest: it only follows named orders. */
export const cannotExplore: Bad = {
	about: 'cannot follow every schedule, and says so',
	verdict: 'not-run',
	reason: /^it cannot follow every schedule: try --order named$/,
	open: () => ({ ...good, explores: false }),
};
