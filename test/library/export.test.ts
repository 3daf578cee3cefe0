// SPDX-License-Identifier: MIT
/** export --json: the library as one JSON file. */
import t from 'tap';
import { validator } from '../../runner/library/schemas';
import type { Export } from '../../schema/types/export';
import { library } from '../cases';
import { tool } from '../tool';

t.test('writes a valid, complete and stable file', async (t) => {
	const [first, second] = await Promise.all([
		tool(['export', '--json']),
		tool(['export', '--json']),
	]);
	t.match(first, { code: 0, err: '' });
	t.equal(first.out, second.out, 'stable');
	const data = JSON.parse(first.out) as Export;
	const valid = validator('export');
	t.ok(valid(data), JSON.stringify(valid.errors?.[0]));
	const cases = await library();
	t.same(
		data.cases.map(({ id }) => id),
		cases.map(({ id }) => id),
	);
	for (const { id, program, expectations } of data.cases) {
		t.notMatch(
			JSON.stringify({ program, expectations }),
			/\$[a-z]/,
			`${id}: every $word has its value`,
		);
		t.same(program, cases.find((test) => test.id === id)!.program);
		t.ok(Object.keys(expectations).length > 0);
	}
	t.match(await tool(['export']), { code: 129, err: /export takes a format: --json/ });
	t.match(await tool(['export', '--json', 'x']), { code: 129, err: /export takes no ids/ });
});
