// SPDX-License-Identifier: MIT
import { sha256 } from '../text/sha256';
import type { WrittenVector } from './vector';

/**
 * Hashes the meaning of a vector: everything that can change a verdict. Returns sixteen hexadecimal digits. Titles, tags,
 * sources, orders, reasons and the order of keys do not count.
 */
export function fingerprint(vector: WrittenVector): string {
	const { format, variants, holders, device, setup, threads } = vector;
	const { outcomes, warnings, races, memory, log } = vector;
	const rules = Object.fromEntries(
		Object.entries(vector.rules ?? {}).map(([name, { because: _, ...rule }]) => [name, rule]),
	);
	const meaning = {
		format,
		variants,
		holders,
		device,
		setup,
		// A list, because the order of threads counts: they are agents 0, 1, ...
		threads: Object.entries(threads ?? {}),
		outcomes,
		rules,
		warnings: warnings ?? 'none',
		// Left out when undefined, so that vectors older than these keys keep their fingerprints.
		races,
		memory,
		log,
	};
	return sha256(canonical(meaning)).toString('hex').slice(0, 16);
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
