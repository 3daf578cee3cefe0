// SPDX-License-Identifier: MIT
/** The C of a process: declarations, assignments, calls, if. */
import type { Reader } from './reader';
import type { Call, Expression, Statement } from './syntax';

const TYPES = ['int', 'long', 'unsigned', 'intptr_t', 'struct', 'volatile'];

/** Operators by how strongly they bind, weakest first. */
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

/** A block in braces. */
export function statements(reader: Reader): Statement[] {
	const list: Statement[] = [];
	reader.expect('{');
	while (!reader.accept('}')) list.push(...statement(reader));
	return list;
}

function statement(reader: Reader): Statement[] {
	if (reader.accept(';')) return [];
	if (reader.sees('{')) return statements(reader);
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

function declaration(reader: Reader): Statement[] {
	while (TYPES.includes(reader.next.text)) reader.take();
	const list: Statement[] = [];
	do {
		while (reader.accept('*'));
		const at = reader.next;
		const name = reader.name('the name of a register');
		list.push({ is: 'declare', name });
		if (reader.accept('='))
			list.push({ is: 'assign', target: { is: 'name', name, at }, value: expression(reader) });
	} while (reader.accept(','));
	return list;
}

function simple(reader: Reader): Statement {
	const at = reader.next;
	const first = unary(reader);
	if (first.is === 'call' && !reader.sees('=')) return { is: 'call', call: first };
	if (first.is !== 'name' && first.is !== 'deref') reader.fail('this cannot be assigned to', at);
	reader.expect('=');
	return { is: 'assign', target: first, value: expression(reader) };
}

export function expression(reader: Reader, level = 0): Expression {
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
	const at = reader.next;
	if (reader.accept('*')) return { is: 'deref', of: unary(reader), at };
	if (reader.accept('!')) return { is: 'not', of: unary(reader) };
	if (reader.accept('&')) return { is: 'address', name: reader.name('a location'), at };
	if (reader.accept('(')) {
		const inner = expression(reader);
		reader.expect(')');
		return inner;
	}
	if (reader.sees('-') || at.kind === 'number') return { is: 'number', value: reader.number() };
	const name = reader.name('a value');
	return reader.sees('(') ? call(reader, name, at) : { is: 'name', name, at };
}

function call(reader: Reader, name: string, at: Call['at']): Call {
	const args: Expression[] = [];
	reader.expect('(');
	while (!reader.accept(')')) {
		args.push(expression(reader));
		if (!reader.sees(')')) reader.expect(',');
	}
	return { is: 'call', name, args, at };
}
