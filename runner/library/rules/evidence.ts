// SPDX-License-Identifier: MIT
import type { Rule } from './rule';

/** A normative vector quotes the upstream rule that it checks; an inferred bug says what the reference showed. */
export const evidence: Rule = function* ({ source, vector: { status, bug } }) {
	if (!bug) return;
	if (status === 'normative' && !bug.links.some(({ role }) => role === 'rule'))
		yield source.diagnose(['bug', 'links'], {
			code: 'E_EVIDENCE',
			message: 'a normative vector without a link to the rule that it checks',
			hint: 'Add a link with "role: rule" and "says", or make the status open.',
			at: 'key',
		});
	for (const [index, { role, says }] of bug.links.entries())
		if (role === 'rule' && says === undefined)
			yield source.diagnose(['bug', 'links', index], {
				code: 'E_EVIDENCE',
				message: 'a rule without a quotation',
				hint: 'Add "says: ..." with the statement of upstream.',
			});
	if (bug.evidence === 'inferred' && bug.model === undefined)
		yield source.diagnose(['bug', 'evidence'], {
			code: 'E_EVIDENCE',
			message: 'an inferred bug without "model"',
			hint: 'Explore it on the reference, and add "model: ..." with the result.',
			at: 'key',
		});
};
