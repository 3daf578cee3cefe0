// SPDX-License-Identifier: MIT
/** Where two pieces of data differ, and what that does to what a vector allows. */

export interface Difference {
	/** Keys and indexes, such as outcomes/claimed/device/ops. */
	readonly path: string;
	/** undefined where it is absent. */
	readonly before: unknown;
	readonly after: unknown;
}

/** The deepest places at which they differ, in the order of the earlier one. The order of keys is none. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
	if (isMapping(before) && isMapping(after)) {
		const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
		return [...keys].flatMap((key) =>
			differences(before[key], after[key], path === '' ? key : `${path}/${key}`),
		);
	}
	if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
		return before.flatMap((each, index) => differences(each, after[index], `${path}/${index}`));
	if (same(before, after)) return [];
	return [{ path, before, after }];
}

type Effect = 'weaker' | 'stronger' | 'other';

/** What is added where it can only forbid, and what is taken away where it could only forbid. */
const FORBIDS = [
	/^rules\/[^/]+(\/(after|throughout|quiet|results|device|callbacks|warnings)(\/.+)?)?$/,
	/^outcomes\/[^/]+\/(must|(results|device|callbacks)(\/[^/]+)?)$/,
	/^races$/,
];
/** What is added where it can only allow. */
const ALLOWS = [/^outcomes\/[^/]+$/, /^rules\/[^/]+\/when(\/.+)?$/];

/** Told by what came or went alone: of a value that became another, only a list that grew or shrank is told. */
export function effectOf({ path, before, after }: Difference): Effect {
	const forbids = FORBIDS.some((pattern) => pattern.test(path));
	const allows = ALLOWS.some((pattern) => pattern.test(path));
	const [old, current] = [before, after].map((value) => (Array.isArray(value) ? value : [value]));
	const within = (a: unknown[], b: unknown[]) => a.every((x) => b.some((y) => same(x, y)));
	const [came, went] = [before === undefined, after === undefined];
	// An outcome that must occur forbids as well as it allows.
	if (!forbids && [before, after].some((value) => isMapping(value) && value.must)) return 'other';
	if (came !== went && (forbids || allows)) return came === forbids ? 'stronger' : 'weaker';
	if (forbids && (Array.isArray(before) || Array.isArray(after))) {
		if (within(old!, current!)) return 'weaker';
		if (within(current!, old!)) return 'stronger';
	}
	return 'other';
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function same(a: unknown, b: unknown): boolean {
	if (isMapping(a) && isMapping(b)) return differences(a, b).length === 0;
	if (Array.isArray(a) && Array.isArray(b))
		return a.length === b.length && a.every((each, index) => same(each, b[index]));
	return a === b;
}
