// SPDX-License-Identifier: MIT
/** Converts results of kernel functions between numbers and names. */
import { constants } from 'node:os';

const numbers = new Map<string, number>(Object.entries(constants.errno));
const names = new Map([...numbers].map(([name, number]) => [number, name]));
// Linux has two names for these numbers; the kernel uses the ones below.
for (const name of ['EOPNOTSUPP', 'EAGAIN', 'EDEADLK']) {
	const number = numbers.get(name);
	if (number !== undefined) names.set(number, name);
}

/** Names a result: "-EBUSY" for -16, "ok" for 0. Other numbers become decimal text. */
export function resultName(result: number): string {
	if (result === 0) return 'ok';
	const name = names.get(-result);
	return name === undefined ? String(result) : `-${name}`;
}

/** The number of a named result: -16 for "-EBUSY", 0 for "ok". Throws for an unknown name. */
export function resultNumber(result: string): number {
	if (result === 'ok') return 0;
	const number = numbers.get(result.slice(1));
	if (number === undefined) throw new Error(`this system has no error ${result}`);
	return -number;
}
