// SPDX-License-Identifier: MIT
/** Runs a process of a litmus test on values of its reads, and computes dependencies as herd7 does. */
import type { Value } from '../../schema/types/execution';
import { primitiveOf } from './primitives';
import type { Source } from './source';
import type { Call, Expression, Process, Statement } from './syntax';
import { type Steps, type Tainted, Thread, union } from './thread';

export class Interpreter {
	readonly thread = new Thread();

	constructor(
		private readonly source: Source,
		private readonly process: Process,
	) {}

	/** Runs the process. Throws an error with file, line and column at a construct that is not supported. */
	run(): Steps<void> {
		return this.block(this.process.body);
	}

	private *block(list: readonly Statement[]): Steps<void> {
		for (const each of list) yield* this.statement(each);
	}

	private *statement(statement: Statement): Steps<void> {
		const { thread } = this;
		switch (statement.is) {
			case 'assign': {
				const { target, value, at } = statement;
				if (target.is === 'deref') {
					yield* this.store(yield* this.pointer(target.of, at), yield* this.evaluate(value, at));
				} else if (target.is === 'name') {
					thread.registers.set(target.name, yield* this.evaluate(value, at));
					if (this.isLocation(target.name))
						this.source.fail(at, `${target.name} is not a register`);
				}
				return;
			}
			case 'call':
				yield* this.call(statement);
				return;
			case 'if': {
				const { value, from } = yield* this.evaluate(statement.condition, 0);
				const outside = thread.control;
				thread.control = union(outside, from);
				yield* this.block(isTrue(value) ? statement.body : statement.otherwise);
				// A control dependency ends with the arms of the if (explanation.txt).
				thread.control = outside;
			}
		}
	}

	/** @param at  offset for the error about a part that has no offset of its own */
	private *evaluate(expression: Expression, at: number): Steps<Tainted> {
		const { thread } = this;
		switch (expression.is) {
			case 'number':
				return { value: expression.value, from: [] };
			case 'address':
				return { value: expression.name, from: [] };
			case 'name': {
				const { name } = expression;
				const known = thread.registers.get(name);
				if (known) return known;
				if (!this.isLocation(name)) this.source.fail(expression.at, `${name} has no value here`);
				return { value: name, from: [] };
			}
			case 'not': {
				const { value, from } = yield* this.evaluate(expression.of, at);
				return { value: Number(!isTrue(value)), from };
			}
			case 'deref': {
				const { value, from } = yield* this.pointer(expression.of, at);
				const depends = thread.depends(from);
				return yield* thread.read({ location: String(value), order: 'plain', depends });
			}
			case 'binary': {
				const left = yield* this.evaluate(expression.left, at);
				const right = yield* this.evaluate(expression.right, at);
				const value = compute(expression.operator, left.value, right.value);
				return { value, from: union(left.from, right.from) };
			}
			case 'call': {
				const result = yield* this.call(expression);
				return result ?? this.source.fail(expression.at, `${expression.name}() returns nothing`);
			}
		}
	}

	private *call({ name, args, at }: Call): Steps<Tainted | undefined> {
		const primitive = primitiveOf(name);
		if (!primitive) return this.source.fail(at, `${name}() is not supported in litmus tests`);
		const { length } = primitive.takes;
		if (args.length !== length)
			this.source.fail(at, `${name}() takes ${length} arguments, not ${args.length}`);
		const values: Tainted[] = [];
		for (const [index, each] of args.entries())
			values.push(yield* this.argument(each, primitive.takes.charAt(index), at));
		try {
			return yield* primitive.run(this.thread, ...values);
		} catch (error) {
			return this.source.fail(at, (error as Error).message);
		}
	}

	private *argument(argument: Expression, letter: string, at: number): Steps<Tainted> {
		if (letter === 'v') return yield* this.evaluate(argument, at);
		if (letter === 'p') return yield* this.pointer(argument, at);
		if (argument.is !== 'deref') return this.source.fail(at, 'expected *location');
		return yield* this.pointer(argument.of, at);
	}

	private *pointer(expression: Expression, at: number): Steps<Tainted> {
		const pointer = yield* this.evaluate(expression, at);
		if (typeof pointer.value !== 'string')
			this.source.fail(at, `${pointer.value} is not an address`);
		return pointer;
	}

	private *store(to: Tainted, { value, from }: Tainted): Steps<void> {
		const depends = this.thread.depends(to.from, from);
		yield { kind: 'write', location: String(to.value), order: 'plain', value, depends };
	}

	private isLocation(name: string): boolean {
		return this.process.parameters.includes(name);
	}
}

const isTrue = (value: Value): boolean => value !== 0 && value !== null;

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'&': (a, b) => a & b,
	'|': (a, b) => a | b,
	'^': (a, b) => a ^ b,
	'<': (a, b) => a < b,
	'>': (a, b) => a > b,
	'<=': (a, b) => a <= b,
	'>=': (a, b) => a >= b,
};

function compute(operator: string, left: Value, right: Value): Value {
	if (operator === '==') return Number(left === right);
	if (operator === '!=') return Number(left !== right);
	if (operator === '&&') return Number(isTrue(left) && isTrue(right));
	if (operator === '||') return Number(isTrue(left) || isTrue(right));
	return Number(OPERATORS[operator]?.(Number(left), Number(right)));
}
