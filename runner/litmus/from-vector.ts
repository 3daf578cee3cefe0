// SPDX-License-Identifier: MIT
/** A vector as a litmus test for herd7 and klitmus7: its exists asks for an end that the vector does not allow. */
import type { Implementation, ThreadRun } from '../../implementations/implementation';
import type { Execution, Value } from '../../schema/types/execution';
import type { Outcome } from '../../schema/types/vector';
import { faultsOf } from '../judge/faults';
import type { Case } from '../library/compile';
import { alternatives } from '../library/vector-parts';
import { NotExpressible } from './error';
import { printThread } from './from-threads';

/** The results of calls as integers; holders count from 1. */
const RESULTS: Readonly<Record<string, number>> = {
	ok: 1,
	alive: 1,
	dead: 0,
	'-ENXIO': -6,
	'-EIO': -5,
	'-EBUSY': -16,
	'-ENODEV': -19,
	'-EOPNOTSUPP': -95,
};

export const litmusName = (id: string): string => id.replace('/', '+');

/**
 * The text of the litmus test. Throws NotExpressible where the vector does not fit.
 * @param result  what to state as its Result
 */
export function litmusOf(test: Case, implementation: Implementation, result: string): string {
	const { program, vector } = test;
	if (!implementation.isolate) throw new NotExpressible('it has no threads to take apart');
	if (program.threads.length < 2) throw new NotExpressible('it has one thread');
	if (vector.rules) throw new NotExpressible('it has rules, and a litmus test knows ends only');
	if (vector.races)
		throw new NotExpressible('it speaks of data races, which herd7 flags by itself');
	const alone = implementation.isolate(program);
	if (!alone) throw new NotExpressible('it has calls that are about more than the holder protocol');
	const [lock] = alone.locks?.() ?? [];
	if (lock !== undefined) throw new NotExpressible(`it takes ${lock} around accesses`);
	const holders = Object.keys(program.holders);
	const number = (value: Value): number => {
		if (value === null) return 0;
		if (typeof value !== 'string') return Number(value);
		const known = RESULTS[value] ?? 1 + holders.indexOf(value);
		if (known === 0 && value !== 'dead') throw new NotExpressible(`${value} has no number`);
		return known;
	};
	const names = new Map([...test.sites].map(([name, site]) => [site, name]));
	const notes = (lone: ThreadRun): Map<string, number> => {
		const found = new Map<string, number>();
		for (const { site, value } of lone.results) {
			const name = names.get(site);
			if (name !== undefined) found.set(register(name), number(value));
		}
		for (const { holder } of lone.callbacks)
			found.set(`told_${holder}`, (found.get(`told_${holder}`) ?? 0) + 1);
		if (lone.warnings.length > 0) found.set('warned', lone.warnings.length);
		if (lone.faults.length > 0 || faultsOf(asExecution(lone)).length > 0) found.set('fault', 1);
		return found;
	};
	const threads = program.threads.map((_, index) => printThread(alone, index, { number, notes }));
	const owner = new Map<string, number>();
	threads.forEach(({ registers }, index) => {
		for (const each of registers)
			if (!/^(r\d+|told_|warned|fault)/.test(each)) owner.set(each, index);
	});
	const condition = expected(test, Number(alone.init.i_count), number, threads, owner);
	return text(test, result, alone.init, threads, condition, number);
}

/** Only what faultsOf() looks at. */
const NEVER = 'never';

const asExecution = ({ events }: ThreadRun): Execution =>
	({ events, faults: [], blocked: [], agents: [] }) as unknown as Execution;

const register = (name: string): string => `${name.replaceAll('-', '_')}_`;

type Threads = readonly { readonly registers: readonly string[] }[];

function expected(
	{ vector }: Case,
	count: number,
	number: (value: Value) => number,
	threads: Threads,
	owner: ReadonlyMap<string, number>,
): string {
	const anyOf = (place: string, values: readonly Value[]): string => {
		const words = values.map((value) => `${place}=${number(value)}`);
		return words.length === 1 ? words[0]! : `(${words.join(' \\/ ')})`;
	};
	/** How many times something was noted, in all threads; several threads that note it do not fit. */
	const noted = (name: string, times: readonly number[]): string[] => {
		const who = threads.flatMap(({ registers }, index) =>
			registers.includes(name) ? [index] : [],
		);
		if (who.length > 1 && times.some((each) => each !== 0))
			throw new NotExpressible(`${name} adds up over threads`);
		// It never happens: no end has this outcome.
		if (who.length === 0 && !times.includes(0)) return [NEVER];
		return who.map((index) => anyOf(`${index}:${name}`, times));
	};
	const outcome = ({ results, device, callbacks, warnings, faults }: Outcome): string => {
		if (faults) throw new NotExpressible('it expects faults');
		const parts: string[] = [...noted('fault', [0])];
		const allowed = warnings ?? vector.warnings ?? 'none';
		const times = allowed === 'none' ? [0] : Object.values(allowed).flatMap(alternatives<number>);
		parts.push(...noted('warned', times));
		for (const [name, value] of Object.entries(results ?? {})) {
			const index = owner.get(register(name));
			if (index === undefined || alternatives<Value>(value).includes('not-called'))
				throw new NotExpressible(`whether ${name} was called is no end state`);
			parts.push(anyOf(`${index}:${register(name)}`, alternatives<Value>(value)));
		}
		const { alive, holder, ops, refs } = device ?? {};
		if (alive !== undefined) parts.push(anyOf('flags', alternatives<Value>(alive)));
		if (holder !== undefined) parts.push(anyOf('holder_data', alternatives<Value>(holder)));
		if (ops !== undefined) parts.push(anyOf('holder_ops', alternatives<Value>(ops)));
		if (refs !== undefined)
			parts.push(
				anyOf(
					'i_count',
					alternatives<number>(refs).map((each) => each + count),
				),
			);
		for (const [name, value] of Object.entries(callbacks ?? {})) {
			if (typeof value === 'object' && 'times' in value)
				throw new NotExpressible('it says what callbacks are told');
			parts.push(...noted(`told_${name}`, alternatives<number>(value)));
		}
		return parts.includes(NEVER) ? NEVER : `(${parts.join(' /\\ ')})`;
	};
	const allowed = Object.values(vector.outcomes)
		.map(outcome)
		.filter((each) => each !== NEVER && each !== '()');
	if (allowed.length === 0) throw new NotExpressible('its outcomes say nothing about ends');
	return allowed.join(' \\/\n         ');
}

function text(
	{ id, vector }: Case,
	result: string,
	init: Readonly<Record<string, Value>>,
	threads: readonly { readonly lines: readonly string[]; readonly registers: readonly string[] }[],
	condition: string,
	number: (value: Value) => number,
): string {
	const lines = [
		`C ${litmusName(id)}`,
		'',
		'(*',
		` * Result: ${result}`,
		' *',
		` * ${vector.title}.`,
	];
	lines.push(' * exists asks for an end that the vector does not allow.', ' *)', '', '{');
	for (const [name, value] of Object.entries(init)) lines.push(`${name}=${number(value)};`);
	lines.push('}');
	threads.forEach((thread, index) => {
		const body = thread.lines.join('\n');
		const used = [...Object.keys(init), 'dax_srcu'].filter((name) =>
			new RegExp(`\\b${name}\\b`).test(body),
		);
		const parameters = used.map((name) => `${TYPES[name] ?? 'int'} *${name}`);
		lines.push('', `P${index}(${parameters.join(', ')})`, '{');
		const registers = [...thread.registers, ...(/\bcount =/.test(body) ? ['count'] : [])];
		for (const each of registers) lines.push(`\tint ${each};`);
		if (registers.length > 0) lines.push('');
		lines.push(...thread.lines.map((line) => `\t${line}`), '}');
	});
	lines.push('', `exists (~(${condition}))`, '');
	return lines.join('\n');
}

const TYPES: Readonly<Record<string, string>> = {
	i_count: 'atomic_t',
	dax_srcu: 'struct srcu_struct',
};
