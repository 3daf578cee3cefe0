// SPDX-License-Identifier: MIT
/** Prints one access of a thread as a statement of a litmus test. */
import type { ThreadEvent } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import type { Encoding } from './encoding';
import { NotExpressible } from './not-expressible';

export function printStore({ object, order, new: value }: ThreadEvent, encoding: Encoding): string {
	const number = encoding.number(value);
	if (order === 'plain') return `*${object} = ${number};`;
	if (order === 'release') return `smp_store_release(${object}, ${number});`;
	return `WRITE_ONCE(*${object}, ${number});`;
}

const SUFFIXES: Readonly<Record<ThreadEvent['order'], string>> = {
	plain: '',
	full: '',
	once: '_relaxed',
	noreturn: '_relaxed',
	acquire: '_acquire',
	release: '_release',
};

/** Prints a change of the reference count: unordered for igrab(), with full barriers for iput(). */
export function printCount({ update, order, object }: ThreadEvent): string {
	const name = Number(update?.(2)) > 2 ? 'inc' : 'dec';
	if (order !== 'full') return `atomic_${name}(${object});`;
	return `count = atomic_${name}_return(${object});`;
}

export interface ReadInto {
	readonly register: string;
	/** Values that the field may have. */
	readonly values: readonly Value[];
}

/** Prints a read or a read-modify-write. Throws NotExpressible if no value lets it store. */
export function printRead(
	{ op, order, object, update }: ThreadEvent,
	{ register, values }: ReadInto,
	{ number }: Encoding,
): string {
	if (op === 'read')
		return order === 'plain' ? `${register} = *${object};` : `${register} = READ_ONCE(*${object});`;
	const stores = values.flatMap((old) => {
		const stored = update?.(old);
		return stored === undefined ? [] : [{ old, stored }];
	});
	const [first] = stores;
	if (!first) throw new NotExpressible(`a cmpxchg() of ${object} can never succeed`);
	const suffix = SUFFIXES[order];
	// xchg() replaces set_bit() and clear_bit(), which litmus tests do not have.
	if (op === 'rmw' && (order === 'noreturn' || stores.length > 1))
		return `${register} = xchg${suffix}(${object}, ${number(first.stored)});`;
	return `${register} = cmpxchg${suffix}(${object}, ${number(first.old)}, ${number(first.stored)});`;
}
