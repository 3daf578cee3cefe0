// SPDX-License-Identifier: MIT
/** The library as data: what schema/export.schema.json describes. */
import type { Export } from '../../schema/types/export';
import { version } from '../text/package-root';
import { fingerprint } from './fingerprint';
import type { Library } from './library';

export function exported({ files, cases }: Library): Export {
	const meanings = new Map(files.map(({ vector }) => [vector.id, fingerprint(vector)]));
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
				meaning: meanings.get(vector.id)!,
				fingerprint,
				needs: { calls: [...needs.calls], fields: [...needs.fields] },
				program,
				// JSON has no undefined: what a vector does not say is left out.
				expectations: JSON.parse(JSON.stringify({ orders, outcomes, rules, warnings, races })),
			};
		}),
		retired: files.flatMap(({ vector: { id, title, retired } }) =>
			retired ? [{ id, title, ...retired }] : [],
		),
	};
}
