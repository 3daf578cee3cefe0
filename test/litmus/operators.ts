// SPDX-License-Identifier: MIT
/** Values with the reads that they were computed from, and what the operators of C make of them. */
import type { Value } from '../../schema/types/execution';

/** A value and the reads that it was computed from. */
export interface Tainted {
	readonly value: Value;
	readonly from: readonly number[];
	/** What srcu_read_lock() gave: which section of the thread it began. */
	readonly section?: number;
}

export const ZERO: Tainted = { value: 0, from: [] };

export const union = (a: readonly number[], b: readonly number[]): readonly number[] =>
	b.length === 0 ? a : [...new Set([...a, ...b])];

export const isTrue = (value: Value): boolean => value !== 0 && value !== null;

export const not = ({ value, from }: Tainted): Tainted => ({ value: isTrue(value) ? 0 : 1, from });

export const operate = (operator: string, left: Tainted, right: Tainted): Tainted => ({
	value: compute(operator, left.value, right.value),
	from: union(left.from, right.from),
});

function compute(operator: string, left: Value, right: Value): Value {
	if (operator === '==') return Number(left === right);
	if (operator === '!=') return Number(left !== right);
	if (operator === '&&') return Number(isTrue(left) && isTrue(right));
	if (operator === '||') return Number(isTrue(left) || isTrue(right));
	const [a, b] = [Number(left), Number(right)];
	switch (operator) {
		case '+':
			return a + b;
		case '-':
			return a - b;
		case '*':
			return a * b;
		case '&':
			return a & b;
		case '|':
			return a | b;
		case '^':
			return a ^ b;
		case '<':
			return Number(a < b);
		case '>':
			return Number(a > b);
		case '<=':
			return Number(a <= b);
		default:
			return Number(a >= b);
	}
}
