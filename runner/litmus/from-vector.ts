// SPDX-License-Identifier: MIT
/**
 * Prints a vector as a litmus test for herd7 and klitmus7. Its exists clause is true for end states that the vector does
 * not allow.
 */
import type { Implementation, IsolatedThreads } from '../../implementations/implementation';
import type { Case } from '../library/compile';
import { conditionOf } from './condition';
import { encodingOf } from './encoding';
import { type PrintedThread, printThread } from './from-threads';
import { NotExpressible } from './not-expressible';

export const litmusName = (id: string): string => id.replace('/', '+');

/** C types of locations other than int. */
const TYPES: Readonly<Record<string, string>> = {
	i_count: 'atomic_t',
	dax_srcu: 'struct srcu_struct',
};

/**
 * Prints a case as a litmus test. Returns a function that takes the Result to state and gives the text. Throws
 * NotExpressible if the case has no litmus test.
 */
export function litmusOf(test: Case, implementation: Implementation): (result: string) => string {
	const isolated = isolate(test, implementation);
	const encoding = encodingOf(test);
	const threads = test.program.threads.map((_, index) => printThread(isolated, index, encoding));
	const references = Number(isolated.init.i_count);
	const condition = conditionOf(test, { references, threads, encoding });
	const init = Object.entries(isolated.init).map(([name, value]) => {
		return `${name}=${encoding.number(value)};`;
	});
	const locations = [...Object.keys(isolated.init), 'dax_srcu'];
	const processes = threads.flatMap((thread, index) => processOf(thread, index, locations));
	return (result) =>
		[
			`C ${litmusName(test.id)}`,
			'',
			'(*',
			` * Result: ${result}`,
			' *',
			` * ${test.vector.title}.`,
			' * exists asks for an end that the vector does not allow.',
			' *)',
			'',
			'{',
			...init,
			'}',
			...processes,
			'',
			`exists (~(${condition}))`,
			'',
		].join('\n');
}

function isolate({ program, vector }: Case, implementation: Implementation): IsolatedThreads {
	if (!implementation.isolate)
		throw new NotExpressible('the implementation cannot run threads in isolation');
	if (program.threads.length < 2) throw new NotExpressible('it has one thread');
	if (vector.rules) throw new NotExpressible('it has rules, and a litmus test has end states only');
	if (vector.races) throw new NotExpressible('it expects data races, which herd7 flags by itself');
	const isolated = implementation.isolate(program);
	if (!isolated) throw new NotExpressible('it has calls outside of the holder protocol');
	const [lock] = isolated.locks?.() ?? [];
	if (lock !== undefined) throw new NotExpressible(`it takes ${lock} around accesses`);
	return isolated;
}

/** Gives the lines of a process: its parameters, the registers that it sets, its body. */
function processOf(
	{ lines, registers }: PrintedThread,
	index: number,
	locations: readonly string[],
): string[] {
	const body = lines.join('\n');
	const parameters = locations
		.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
		.map((name) => `${TYPES[name] ?? 'int'} *${name}`);
	const declared = [...registers, ...(/\bcount =/.test(body) ? ['count'] : [])];
	return [
		'',
		`P${index}(${parameters.join(', ')})`,
		'{',
		...declared.map((name) => `\tint ${name};`),
		...(declared.length > 0 ? [''] : []),
		...lines.map((line) => `\t${line}`),
		'}',
	];
}
