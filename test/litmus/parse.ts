// SPDX-License-Identifier: MIT
/**
 * Reads C litmus tests, strictly: what is not understood is refused, with its place. Loops, structures and the locks of
 * other models are not.
 */

import { lex } from './lex';
import { statements } from './parse-code';
import { constant, proposition } from './parse-condition';
import { Reader } from './reader';
import type { Constant, Litmus, Process } from './syntax';

/** Throws LitmusError. */
export function parseLitmus(file: string, source: string): Litmus {
	const { name, result, tokens } = lex(file, source);
	const reader = new Reader(file, tokens);
	while (reader.next.kind === 'quote') reader.take();
	const init = initial(reader);
	const processes: Process[] = [];
	while (/^P\d+$/.test(reader.next.text)) processes.push(process(reader, processes.length));
	if (processes.length === 0) reader.fail('expected P0');
	if (reader.accept('locations')) skipLocations(reader);
	const filter = reader.accept('filter') ? proposition(reader) : null;
	const quantifier = quantifierOf(reader);
	const condition = proposition(reader);
	if (reader.next.kind !== 'end') reader.fail('expected nothing after the condition');
	return { name, result, init, processes, filter, quantifier, condition };
}

function initial(reader: Reader): Map<string, Constant> {
	const init = new Map<string, Constant>();
	reader.expect('{');
	while (!reader.accept('}')) {
		if (reader.accept(';')) continue;
		const first = reader.name('a location');
		let location = first;
		while (reader.accept('*'));
		if (reader.next.kind === 'name') location = reader.take().text;
		if (init.has(location)) reader.fail(`${location} is set twice`);
		init.set(location, reader.accept('=') ? constant(reader) : 0);
		if (!reader.sees('}')) reader.expect(';');
	}
	return init;
}

function process(reader: Reader, index: number): Process {
	const place = reader.next;
	if (reader.take().text !== `P${index}`) reader.fail(`expected P${index}`, place);
	const parameters: { type: string; name: string }[] = [];
	reader.expect('(');
	while (!reader.accept(')')) {
		let type = reader.name('a type');
		if (reader.next.kind === 'name') type += ` ${reader.take().text}`;
		reader.expect('*');
		while (reader.accept('*')) type += ' *';
		parameters.push({ type, name: reader.name('the name of a location') });
		if (!reader.sees(')')) reader.expect(',');
	}
	return { parameters, body: statements(reader) };
}

function skipLocations(reader: Reader): void {
	reader.expect('[');
	while (!reader.accept(']')) {
		if (reader.next.kind === 'number') {
			reader.take();
			reader.expect(':');
		}
		reader.name('a location');
		if (!reader.sees(']')) reader.expect(';');
	}
}

function quantifierOf(reader: Reader): Litmus['quantifier'] {
	if (reader.accept('~')) {
		reader.expect('exists');
		return '~exists';
	}
	if (reader.accept('forall')) return 'forall';
	reader.expect('exists');
	return 'exists';
}
