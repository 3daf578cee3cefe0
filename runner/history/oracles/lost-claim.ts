// SPDX-License-Identifier: MIT
import type { Rule } from '../../../schema/types/vector';
import type { Tenure } from '../history';
import { NEVER } from '../history';
import { type Oracle, sources } from './oracle';

/** From the return of a claim until its release or a removal begins, both fields are the holder's. */
export const lostClaim: Oracle = {
	name: 'lost-claim',
	invariant: 'A holder keeps the device and its operations until it releases or a removal begins',
	class: 'lost-update',
	effect: 'a registered holder is never notified of memory failures or of removal',
	links: [
		sources.put(
			'"Clears holder_ops before holder_data to avoid a race where a concurrent fs_dax_get() could have its newly installed holder_ops overwritten"',
		),
	],
	vectors: ['DAXV-0001', 'DAXV-0056'],
	readsFields: true,
	*check(history) {
		for (const tenure of history.tenures)
			for (const field of ['ops', 'holder'] as const) {
				const expected = tenure[field];
				const end = Math.min(tenure.until, history.last + 1);
				for (let at = tenure.from; at < end; at++) {
					const seen = history.state(at)[field];
					if (seen === expected) continue;
					yield {
						at,
						kind: field,
						message: `${field} is ${seen} while ${tenure.holder} holds the device`,
						...(tenure.until === NEVER && { correction: { device: { [field]: expected } } }),
						...forbidden(tenure, field),
					};
					break;
				}
			}
	},
};

/** The violation as a rule; the tenure of the holder at the start has no moment at which a rule could begin. */
function forbidden({ claim, release, removal, until, ...tenure }: Tenure, field: 'ops' | 'holder') {
	if (!claim) return {};
	const end = [release, removal].find((each) => each?.begin === until && until !== NEVER);
	const rule: Rule = {
		when: { results: { [claim.as]: 'ok' } },
		throughout: {
			from: claim.as,
			...(end && { until: end.as }),
			device: { [field]: tenure[field] },
		},
	};
	return { rule: ['keeps-its-claim', rule] as const };
}
