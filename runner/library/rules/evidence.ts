// SPDX-License-Identifier: MIT
import type { Rule } from './rule';

/** What is scored rests on what upstream said; what was only read off the code says what the model showed. */
export const evidence: Rule = function* ({ source, vector: { status, bug } }) {
	if (!bug) return;
	if (status === 'normative' && !bug.links.some(({ role }) => role === 'rule'))
		yield source.at(
			['bug', 'links'],
			'E_EVIDENCE',
			'a normative vector without a link to the rule that it checks',
			'Add a link with "role: rule" and what it says, or make the status open.',
			'key',
		);
	for (const [index, { role, says }] of bug.links.entries())
		if (role === 'rule' && says === undefined)
			yield source.at(
				['bug', 'links', index],
				'E_EVIDENCE',
				'a rule without its words',
				'Add "says: ..." with what upstream states.',
			);
	if (bug.evidence === 'inferred' && bug.model === undefined)
		yield source.at(
			['bug', 'evidence'],
			'E_EVIDENCE',
			'an inferred bug, and nothing about what the model showed',
			'Explore it on the reference and add "model: ..." with what was seen.',
			'key',
		);
};
