// SPDX-License-Identifier: MIT
/** What a vector means, as a hash: it changes when anything does that decides a verdict, and only then. */
import { createHash } from 'node:crypto';
import type { Vector } from '../../schema/types/vector';

/** Sixteen hexadecimal digits. Titles, tags, sources, orders, reasons and the order of keys do not count. */
export function fingerprint(vector: Vector): string {
	const { format, variants, holders, device, setup, threads } = vector;
	const { outcomes, warnings, races, memory } = vector;
	const rules = Object.fromEntries(
		Object.entries(vector.rules ?? {}).map(([name, { because: _, ...rule }]) => [name, rule]),
	);
	// Threads are agents 0, 1, ...: their order means something, so they count as a list.
	const meaning = {
		format,
		variants,
		holders,
		device,
		setup,
		threads: Object.entries(threads ?? {}),
		outcomes,
		rules,
		warnings: warnings ?? 'none',
		// Absent where a vector says nothing: it then means what it meant before there was such a key.
		races,
		memory,
	};
	return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 16);
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}
