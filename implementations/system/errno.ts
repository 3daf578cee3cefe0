// SPDX-License-Identifier: MIT
/** Results of the kernel's functions: errors by number and by name. */
import { constants } from 'node:os';

const numbers = new Map<string, number>(Object.entries(constants.errno));
const names = new Map([...numbers].map(([name, number]) => [number, name]));
// Linux has two names for some numbers; these are the kernel's.
for (const name of ['EOPNOTSUPP', 'EAGAIN', 'EDEADLK']) {
	const number = numbers.get(name);
	if (number !== undefined) names.set(number, name);
}

/** Such as "-EBUSY" for -16; "ok" for 0. A number that is no error stays one. */
export function resultName(result: number): string {
	if (result === 0) return 'ok';
	const name = names.get(-result);
	return name === undefined ? String(result) : `-${name}`;
}

/** Such as -16 for "-EBUSY"; 0 for "ok". */
export function resultNumber(result: string): number {
	if (result === 'ok') return 0;
	const number = numbers.get(result.slice(1));
	if (number === undefined) throw new Error(`this system has no error ${result}`);
	return -number;
}
