// SPDX-License-Identifier: MIT
/** The library as data: what schema/export.schema.json describes. */
import type { Export } from '../schema/types/export';
import { version } from './package-root';
import type { Case } from './vector/compile';

export function exported(cases: readonly Case[]): Export {
	return {
		format: 1,
		tool: 'dax-vectors',
		version,
		cases: cases.map(({ id, vector, program, needs, fingerprint }) => {
			const { title, status, tags, bug, orders, outcomes, rules, warnings, races } = vector;
			return {
				id,
				vector: vector.id,
				title,
				status: status as 'normative' | 'open',
				tags: [...(tags ?? [])],
				bug: bug!,
				fingerprint,
				needs: { calls: [...needs.calls], fields: [...needs.fields] },
				program,
				// JSON has no undefined: what a vector does not say is left out.
				expectations: JSON.parse(JSON.stringify({ orders, outcomes, rules, warnings, races })),
			};
		}),
	};
}
