// SPDX-License-Identifier: MIT
/** One access of a thread as a statement of a litmus test. */
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

/** Prints igrab() as the unordered increment that it is, iput() as a full barrier. */
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

/** Prints a read or a read-modify-write. Throws NotExpressible where no value lets it store. */
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
	// Litmus tests have neither set_bit() nor clear_bit().
	if (op === 'rmw' && (order === 'noreturn' || stores.length > 1))
		return `${register} = xchg${suffix}(${object}, ${number(first.stored)});`;
	return `${register} = cmpxchg${suffix}(${object}, ${number(first.old)}, ${number(first.stored)});`;
}
