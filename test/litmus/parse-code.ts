// SPDX-License-Identifier: MIT
/** Parses the C of a process: declarations, assignments, calls, if. */
import type { Reader } from './reader';
import type { Expression, Statement } from './syntax';

const TYPES = ['int', 'long', 'unsigned', 'intptr_t', 'struct', 'volatile'];

/** Binary operators by precedence, weakest first. */
const OPERATORS = [
	['||'],
	['&&'],
	['|'],
	['^'],
	['&'],
	['==', '!='],
	['<', '>', '<=', '>='],
	['+', '-'],
	['*'],
];

/** Parses statements in braces. */
export function block(reader: Reader): Statement[] {
	const list: Statement[] = [];
	reader.expect('{');
	while (!reader.accept('}')) list.push(...statement(reader));
	return list;
}

function statement(reader: Reader): Statement[] {
	if (reader.accept(';')) return [];
	if (reader.sees('{')) return block(reader);
	if (reader.accept('if')) {
		reader.expect('(');
		const condition = expression(reader);
		reader.expect(')');
		const body = statement(reader);
		const otherwise = reader.accept('else') ? statement(reader) : [];
		return [{ is: 'if', condition, body, otherwise }];
	}
	const list = TYPES.includes(reader.next.text) ? declaration(reader) : [simple(reader)];
	reader.expect(';');
	return list;
}

/** Gives the assignments of a declaration: a register without one is 0. */
function declaration(reader: Reader): Statement[] {
	while (TYPES.includes(reader.next.text)) reader.take();
	const list: Statement[] = [];
	do {
		while (reader.accept('*'));
		const { at } = reader.next;
		const name = reader.name('the name of a register');
		const value = reader.accept('=') ? expression(reader) : ({ is: 'number', value: 0 } as const);
		list.push({ is: 'assign', target: { is: 'name', name, at }, value, at });
	} while (reader.accept(','));
	return list;
}

function simple(reader: Reader): Statement {
	const { at } = reader.next;
	const target = unary(reader);
	if (target.is === 'call' && !reader.sees('=')) return target;
	if (target.is !== 'name' && target.is !== 'deref')
		return reader.source.fail(at, 'this cannot be assigned to');
	reader.expect('=');
	return { is: 'assign', target, value: expression(reader), at };
}

function expression(reader: Reader, level = 0): Expression {
	const operators = OPERATORS[level];
	if (!operators) return unary(reader);
	let left = expression(reader, level + 1);
	while (operators.includes(reader.next.text)) {
		const operator = reader.take().text;
		left = { is: 'binary', operator, left, right: expression(reader, level + 1) };
	}
	return left;
}

function unary(reader: Reader): Expression {
	const { at, kind } = reader.next;
	if (reader.accept('*')) return { is: 'deref', of: unary(reader) };
	if (reader.accept('!')) return { is: 'not', of: unary(reader) };
	if (reader.accept('&')) return { is: 'address', name: reader.name('a location') };
	if (reader.accept('(')) {
		const inner = expression(reader);
		reader.expect(')');
		return inner;
	}
	if (reader.sees('-') || kind === 'number') return { is: 'number', value: reader.number() };
	const name = reader.name('a value');
	if (!reader.accept('(')) return { is: 'name', name, at };
	return { is: 'call', name, args: reader.list(')', () => expression(reader)), at };
}
