// SPDX-License-Identifier: MIT
/** Example executions on pages of vectors, and pages of retired vectors. */
import t from 'tap';
import { parseVector } from '../../runner/library/load';
import type { Tombstone } from '../../runner/library/vector';
import { examples } from '../../runner/site/examples';
import { tombstone } from '../../runner/site/vector-page';
import { caseOf, decideOn, library, reference } from '../cases';

t.test('finds an execution for every outcome that occurs', async (t) => {
	for (const test of await library()) {
		const { outcomes, failures } = await decideOn(test);
		const found = await examples(test, reference());
		const seen = Object.keys(test.vector.outcomes).filter((name) => outcomes[name]);
		// An outcome that occurs only with a failure has no example.
		if (failures.length === 0) t.strictSame([...found.keys()], seen, test.id);
		else for (const name of found.keys()) t.ok(seen.includes(name), `${test.id}: ${name}`);
	}
});

t.test('finds the execution with the fewest preemptions', async (t) => {
	const found = await examples(await caseOf('DAXV-0001/fs_dax_get'), reference());
	const switches = (name: string) =>
		found
			.get(name)!
			.steps.filter(({ lane }, index, all) => index > 0 && all[index - 1]!.lane !== lane).length;
	t.equal(switches('claimed'), 1, 'one after the other');
	t.equal(switches('busy'), 1, 'in the other order');
	const none = await examples(await caseOf('DAXV-0001/fs_dax_get'), reference('v6.0'));
	t.equal(none.size, 0, 'there is no fs_dax_get()');
});

t.test('renders a page for a retired vector', async (t) => {
	const text = `format: 1
id: DAXV-9999
title: A vector that was <wrong>
status: retired
retired: {reason: upstream decided otherwise, replaced-by: DAXV-0001}
tags: [claim]
`;
	const page = tombstone(parseVector('DAXV-9999.yaml', Buffer.from(text)).vector as Tombstone);
	t.match(page, 'A vector that was &lt;wrong&gt;');
	t.match(page, 'Retired: upstream decided otherwise');
	t.match(page, 'href="../DAXV-0001/index.html"');
});
