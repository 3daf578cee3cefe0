// SPDX-License-Identifier: MIT
/** In what two versions of a vector differ: in what it means, and in its prose. */
import type { Export } from '../../schema/types/export';
import { type Difference, differences, effectOf } from './differences';

export interface Detail extends Difference {
	/** What it does to what is allowed, where that shows; prose where it does nothing. */
	readonly effect: 'weaker' | 'stronger' | 'other' | 'prose';
}

/** A variant of a vector. */
type Case = Export['cases'][number];

/** Variant by variant; what holds for all of them is told once, without a variant's name. */
export function meanings(before: readonly Case[], after: readonly Case[]): Detail[] {
	const name = ({ id }: Case) => id.split('/')[1] ?? '';
	const byName = (cases: readonly Case[]) => new Map(cases.map((test) => [name(test), test]));
	const [old, current] = [byName(before), byName(after)];
	const both = [...old.keys()].filter((variant) => current.has(variant));
	const found = new Map<string, { detail: Detail; variants: string[] }>();
	for (const variant of both)
		for (const each of differences(meaning(old.get(variant)!), meaning(current.get(variant)!))) {
			const detail = { ...each, effect: effectOf(each) };
			const key = JSON.stringify(detail);
			const entry = found.get(key) ?? { detail, variants: [] };
			entry.variants.push(variant);
			found.set(key, entry);
		}
	const told = [...found.values()].flatMap(({ detail, variants }) =>
		variants.length === both.length
			? [detail]
			: variants.map((variant) => ({ ...detail, path: `${variant}: ${detail.path}` })),
	);
	const lost = [...old.keys()].filter((variant) => !current.has(variant));
	const came = [...current.keys()].filter((variant) => !old.has(variant));
	return [
		...lost.map((variant) => ofVariant(variant, 'weaker')),
		...came.map((variant) => ofVariant(variant, 'stronger')),
		...told,
	];
}

const ofVariant = (variant: string, effect: 'weaker' | 'stronger'): Detail => ({
	path: variant === '' ? 'variants' : `variants/${variant}`,
	before: effect === 'weaker' ? 'there' : undefined,
	after: effect === 'weaker' ? undefined : 'there',
	effect,
});

/** What the ledger's fingerprint is taken of, with threads and calls by their names. */
function meaning({ program, expectations }: Case): object {
	const calls = (list: readonly { site: number }[]) => list.map(({ site: _, ...call }) => call);
	const { holders, device, setup, threads } = program;
	const { outcomes, rules, warnings, races } = expectations as Record<string, object | undefined>;
	return {
		holders: Object.fromEntries(
			Object.entries(holders).map(([name, holder]) => [
				name,
				holder && { ...holder, calls: calls(holder.calls) },
			]),
		),
		device,
		setup: calls(setup),
		threads: Object.fromEntries(threads.map((thread) => [thread.name, calls(thread.calls)])),
		order: threads.map(({ name }) => name),
		outcomes,
		rules: Object.fromEntries(
			Object.entries(rules ?? {}).map(([name, { because: _, ...rule }]) => [name, rule]),
		),
		warnings: warnings ?? 'none',
		races,
	};
}

/** Besides what a vector means: the first variant stands for all. */
export function proses([old]: readonly Case[], [current]: readonly Case[]): Detail[] {
	if (!old || !current) return [];
	const prose = ({ title, tags, bug, expectations }: Case) => {
		const { orders, rules } = expectations as Record<string, object | undefined>;
		const because = Object.entries(rules ?? {}).map(([name, rule]) => [name, rule.because]);
		return { title, tags, bug, orders, because: Object.fromEntries(because) };
	};
	return differences(prose(old), prose(current)).map((each) => ({ ...each, effect: 'prose' }));
}
