// SPDX-License-Identifier: MIT
/** Runs a process of a litmus test on the values that its reads return, and follows its dependencies as herd7 does. */

import type { Action, Dependencies } from '../../runner/memory/action';
import type { Value } from '../../schema/types/execution';
import { LitmusError } from './error';
import { isTrue, not, operate, type Tainted, union, ZERO } from './operators';
import { primitive } from './primitives';
import type { Call, Expression, Process, Statement } from './syntax';

/** Yields what it does; what a yield of a read gives is the value. */
export type Steps<Result> = Generator<Action, Result, Value>;

export class Thread {
	readonly registers = new Map<string, Tainted>();
	/** Reads that decided whether the code here runs. */
	private ctrl: readonly number[] = [];
	reads = 0;
	sections = 0;
	/** RCU read sections that are open. */
	readonly open: number[] = [];

	constructor(
		readonly file: string,
		private readonly process: Process,
	) {}

	body(): Steps<void> {
		return this.block(this.process.body);
	}

	depends(addr: readonly number[], data: readonly number[] = []): Dependencies {
		return { addr, data, ctrl: this.ctrl };
	}

	fail(at: Call['at'], message: string): never {
		throw new LitmusError(this.file, at, message);
	}

	private *block(list: readonly Statement[]): Steps<void> {
		for (const each of list) yield* this.statement(each);
	}

	private *statement(statement: Statement): Steps<void> {
		switch (statement.is) {
			case 'declare':
				this.registers.set(statement.name, ZERO);
				return;
			case 'assign': {
				const { target } = statement;
				if (target.is === 'name') {
					const value = yield* this.evaluate(statement.value);
					if (this.isLocation(target.name)) this.fail(target.at, `${target.name} is no register`);
					this.registers.set(target.name, value);
				} else yield* this.store(target, statement.value, 'plain');
				return;
			}
			case 'call':
				yield* primitive(this, statement.call);
				return;
			case 'if': {
				const { value, from } = yield* this.evaluate(statement.condition);
				const outside = this.ctrl;
				this.ctrl = union(outside, from);
				yield* this.block(isTrue(value) ? statement.body : statement.otherwise);
				// A control dependency ends with the arms of the if (explanation.txt).
				this.ctrl = outside;
			}
		}
	}

	*evaluate(expression: Expression): Steps<Tainted> {
		switch (expression.is) {
			case 'number':
				return { value: expression.value, from: [] };
			case 'address':
				return { value: expression.name, from: [] };
			case 'name': {
				const { name, at } = expression;
				const known = this.registers.get(name);
				if (known) return known;
				if (!this.isLocation(name)) this.fail(at, `${name} has no value here`);
				return { value: name, from: [] };
			}
			case 'not':
				return not(yield* this.evaluate(expression.of));
			case 'deref':
				return yield* this.load(expression, 'plain');
			case 'binary': {
				const left = yield* this.evaluate(expression.left);
				const right = yield* this.evaluate(expression.right);
				return operate(expression.operator, left, right);
			}
			case 'call': {
				const result = yield* primitive(this, expression);
				if (!result) this.fail(expression.at, `${expression.name}() returns nothing`);
				return result;
			}
		}
	}

	*load(lvalue: Expression, order: 'plain' | 'once'): Steps<Tainted> {
		const { location, from } = yield* this.locate(lvalue);
		return yield* this.read({ kind: 'read', location, order, depends: this.depends(from) });
	}

	*store(lvalue: Expression, value: Expression, order: 'plain' | 'once' | 'release'): Steps<void> {
		const { location, from } = yield* this.locate(lvalue);
		const stored = yield* this.evaluate(value);
		const depends = this.depends(from, stored.from);
		yield { kind: 'write', location, order, value: stored.value, depends };
	}

	*read(action: Action & { kind: 'read' }): Steps<Tainted> {
		const number = this.reads++;
		return { value: yield action, from: [number] };
	}

	/** The location that *pointer is, and the reads that the pointer came from. */
	*locate(lvalue: Expression): Steps<{ location: string; from: readonly number[] }> {
		if (lvalue.is !== 'deref')
			return this.fail('at' in lvalue ? lvalue.at : START, 'expected *location');
		return yield* this.pointer(lvalue.of, lvalue.at);
	}

	*pointer(expression: Expression, at: Call['at']) {
		const { value, from } = yield* this.evaluate(expression);
		if (typeof value !== 'string') return this.fail(at, `${value} is no address`);
		return { location: value, from };
	}

	private isLocation(name: string): boolean {
		return this.process.parameters.some((parameter) => parameter.name === name);
	}
}

const START = { line: 1, column: 1 };
