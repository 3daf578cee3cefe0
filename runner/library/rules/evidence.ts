// SPDX-License-Identifier: MIT
import type { Rule } from './rule';

/** What is scored rests on what upstream said; what was only read off the code says what the model showed. */
export const evidence: Rule = function* ({ source, vector: { status, bug } }) {
	if (!bug) return;
	if (status === 'normative' && !bug.links.some(({ role }) => role === 'rule'))
		yield source.diagnose(['bug', 'links'], {
			code: 'E_EVIDENCE',
			message: 'a normative vector without a link to the rule that it checks',
			hint: 'Add a link with "role: rule" and what it says, or make the status open.',
			at: 'key',
		});
	for (const [index, { role, says }] of bug.links.entries())
		if (role === 'rule' && says === undefined)
			yield source.diagnose(['bug', 'links', index], {
				code: 'E_EVIDENCE',
				message: 'a rule without its words',
				hint: 'Add "says: ..." with what upstream states.',
			});
	if (bug.evidence === 'inferred' && bug.model === undefined)
		yield source.diagnose(['bug', 'evidence'], {
			code: 'E_EVIDENCE',
			message: 'an inferred bug, and nothing about what the model showed',
			hint: 'Explore it on the reference and add "model: ..." with what was seen.',
			at: 'key',
		});
};
