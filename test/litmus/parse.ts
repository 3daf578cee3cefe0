// SPDX-License-Identifier: MIT
/**
 * Parses litmus tests in C. A construct that the parser does not support is an error with its place; among them are
 * loops and structures.
 */
import { lex } from './lex';
import { block } from './parse-code';
import { constant, proposition } from './parse-condition';
import { Reader } from './reader';
import { Source } from './source';
import type { Constant, Litmus, Process } from './syntax';

/** Throws an error with file, line and column. */
export function parseLitmus(file: string, text: string): Litmus {
	const source = new Source(file, text);
	const { name, result, tokens } = lex(source);
	const reader = new Reader(source, tokens);
	while (reader.next.kind === 'quote') reader.take();
	const init = initial(reader);
	const processes: Process[] = [];
	while (/^P\d+$/.test(reader.next.text)) processes.push(process(reader, processes.length));
	if (processes.length === 0) reader.fail('expected P0');
	if (reader.accept('locations')) skipLocations(reader);
	const filter = reader.accept('filter') ? proposition(reader) : null;
	if (!reader.accept('forall')) {
		reader.accept('~');
		reader.expect('exists');
	}
	const condition = proposition(reader);
	if (reader.next.kind !== 'end') reader.fail('expected nothing after the condition');
	return { name, result, init, processes, filter, condition, source };
}

function initial(reader: Reader): Map<string, Constant> {
	const init = new Map<string, Constant>();
	reader.expect('{');
	while (!reader.accept('}')) {
		if (reader.accept(';')) continue;
		let location = reader.name('a location');
		while (reader.accept('*'));
		if (reader.next.kind === 'name') location = reader.take().text;
		if (init.has(location)) reader.fail(`${location} is set twice`);
		init.set(location, reader.accept('=') ? constant(reader) : 0);
		if (!reader.sees('}')) reader.expect(';');
	}
	return init;
}

function process(reader: Reader, index: number): Process {
	if (!reader.sees(`P${index}`)) reader.fail(`expected P${index}`);
	reader.take();
	reader.expect('(');
	const parameters = reader.list(')', () => {
		reader.name('a type');
		if (reader.next.kind === 'name') reader.take();
		reader.expect('*');
		while (reader.accept('*'));
		return reader.name('the name of a location');
	});
	return { parameters, body: block(reader) };
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
