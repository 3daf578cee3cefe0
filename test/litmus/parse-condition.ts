// SPDX-License-Identifier: MIT
/** Parses conditions on the final state of a litmus test. */
import type { Reader } from './reader';
import type { Constant, Proposition } from './syntax';

export function proposition(reader: Reader): Proposition {
	let left = conjunction(reader);
	while (reader.accept('\\/')) left = { is: 'or', left, right: conjunction(reader) };
	return left;
}

function conjunction(reader: Reader): Proposition {
	let left = atom(reader);
	while (reader.accept('/\\')) left = { is: 'and', left, right: atom(reader) };
	return left;
}

function atom(reader: Reader): Proposition {
	if (reader.accept('~') || reader.accept('not')) return { is: 'not', of: atom(reader) };
	if (reader.accept('(')) {
		const inner = proposition(reader);
		reader.expect(')');
		return inner;
	}
	if (reader.accept('true')) return { is: 'true' };
	if (reader.accept('false')) return { is: 'false' };
	let process: number | null = null;
	if (reader.next.kind === 'number') {
		process = reader.number();
		reader.expect(':');
	}
	const name = reader.name('a register or a location');
	const is = reader.accept('!=') ? 'unequal' : 'equal';
	if (is === 'equal') reader.expect('=');
	return { is, process, name, value: constant(reader) };
}

export function constant(reader: Reader): Constant {
	if (reader.accept('&')) return reader.name('a location');
	return reader.next.kind === 'name' ? reader.take().text : reader.number();
}
