// SPDX-License-Identifier: MIT
/** The result of a measurement: a table, notes, and wrong results. Functions to measure time. */

export interface Section {
	readonly title: string;
	/** Explanations of the figures. */
	readonly notes: readonly string[];
	readonly header: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** Results that contradict each other. A time is never wrong. */
	readonly wrong: readonly string[];
}

export type Measurement = () => Promise<Section>;

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export async function milliseconds(work: () => unknown): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** Gives median times of contestants that take turns, so that other load of the machine slows all of them alike. */
export async function sideBySide<Name extends string>(
	contestants: Record<Name, () => unknown>,
	times: number,
): Promise<Record<Name, number>> {
	const names = Object.keys(contestants) as Name[];
	const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
	for (let time = 0; time < times; time++)
		for (const name of names) samples.get(name)!.push(await milliseconds(contestants[name]));
	const medians = names.map((name) => [name, median(samples.get(name)!)]);
	return Object.fromEntries(medians) as Record<Name, number>;
}

/** Gives the two cells of a target: the target, and ok or missed. */
export const atLeast = (limit: number, value: number, unit: string): [string, string] => [
	`>= ${whole(limit)} ${unit}`,
	value >= limit ? 'ok' : 'missed',
];

export const below = (limit: number, value: number, unit: string): [string, string] => [
	`< ${whole(limit)} ${unit}`,
	value < limit ? 'ok' : 'missed',
];

/** Formats a whole number with thousands separators. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Formats a number with three significant digits. */
export function figure(value: number): string {
	if (value >= 1000) return whole(value);
	return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
