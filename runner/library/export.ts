// SPDX-License-Identifier: MIT
import type { Export } from '../../schema/types/export';
import { version } from '../text/package-root';
import { fingerprint } from './fingerprint';
import type { Library } from './library';

/** Returns the library as data: schema/export.schema.json. */
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
				status,
				tags,
				bug,
				meaning: meanings.get(vector.id) ?? '',
				fingerprint,
				needs: { calls: [...needs.calls], fields: [...needs.fields] },
				program,
				// Drops the keys that the vector does not have: JSON has no undefined.
				expectations: JSON.parse(JSON.stringify({ orders, outcomes, rules, warnings, races })),
			};
		}),
		retired: files.flatMap(({ vector }) =>
			vector.status === 'retired'
				? [{ id: vector.id, title: vector.title, ...vector.retired }]
				: [],
		),
	};
}
