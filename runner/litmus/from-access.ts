// SPDX-License-Identifier: MIT
/** What one access of a thread is written as in a litmus test. */
import type { ThreadEvent } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { NotExpressible } from './error';
import type { Encoding } from './from-threads';

/** A store of a value. */
export function write({ object, order }: ThreadEvent, value: number): string {
	if (order === 'plain') return `*${object} = ${value};`;
	if (order === 'release') return `smp_store_release(${object}, ${value});`;
	return `WRITE_ONCE(*${object}, ${value});`;
}

const SUFFIXES: Readonly<Record<string, string>> = {
	full: '',
	once: '_relaxed',
	noreturn: '_relaxed',
	acquire: '_acquire',
	release: '_release',
};

/** igrab() as the unordered increment that it is, iput() as the full barrier. */
export function countOf({ update, order, object }: ThreadEvent): string {
	const more = Number(update!(2)) > 2;
	if (order !== 'full') return `atomic_${more ? 'inc' : 'dec'}(${object});`;
	return `count = atomic_${more ? 'inc' : 'dec'}_return(${object});`;
}

/**
 * What reads a field into a register, where the field may have one of the known values. Throws NotExpressible where it could
 * never succeed.
 */
export function access(
	{ op, order, object, update }: ThreadEvent,
	register: string,
	known: readonly Value[],
	{ number }: Encoding,
): string {
	if (op === 'read')
		return order === 'plain' ? `${register} = *${object};` : `${register} = READ_ONCE(*${object});`;
	const stores = known.filter((value) => update!(value) !== undefined);
	const [first] = stores;
	if (first === undefined) throw new NotExpressible(`a cmpxchg() of ${object} can never succeed`);
	const value = number(update!(first)!);
	const suffix = SUFFIXES[order]!;
	// set_bit() and clear_bit() are not words of litmus tests.
	if (op === 'rmw' && (order === 'noreturn' || stores.length > 1))
		return `${register} = xchg${suffix}(${object}, ${value});`;
	return `${register} = cmpxchg${suffix}(${object}, ${number(first)}, ${value});`;
}
