// SPDX-License-Identifier: MIT
/** Exports vectors as litmus tests: each text is stable, parses, and has the verdict of the vector's threads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { exportLitmus } from '../../runner/litmus/export';
import { NotExpressible } from '../../runner/litmus/not-expressible';
import { models } from '../../runner/memory/models';
import { packageRoot } from '../../runner/text/package-root';
import { library, reference } from '../cases';
import { tool } from '../tool';
import { parseLitmus } from './parse';
import { observe } from './verdict';

const folder = join(packageRoot, 'test/fixtures/litmus-exports');
const table = parse(readFileSync(join(folder, 'observations.yaml'), 'utf8'));

t.test(
	'each export equals its golden file, and its threads, text and table have the same verdict',
	async (t) => {
		const files = new Set<string>();
		for (const test of await library()) {
			const exported = await exportLitmus(test, reference()).catch((error) => {
				if (!(error instanceof NotExpressible)) throw error;
				return null;
			});
			if (!exported) {
				t.notOk(test.id in table.observations, `${test.id} has no litmus test`);
				continue;
			}
			const { file, text, observation } = exported;
			files.add(file);
			t.equal(text, readFileSync(join(folder, file), 'utf8'), file);
			t.equal(observation, table.observations[test.id], `${test.id}: the table`);
			const { observation: ofText } = observe(parseLitmus(file, text), models.lkmm);
			t.equal(observation, ofText, `${test.id}: the text`);
		}
		const golden = readdirSync(folder).filter((file) => file.endsWith('.litmus'));
		t.same(golden.sort(), [...files].sort());
		t.ok(files.size >= 20);
	},
);

t.test('the litmus test of a mutant has the verdict of the mutant', async (t) => {
	const [test] = (await library()).filter(({ id }) => id === 'DAXV-0060/fs_dax_get');
	for (const [name, observation] of [
		['put-relaxed-release', 'Sometimes'],
		['get-relaxed-claim', 'Sometimes'],
		['put-plain-clear', 'Never'],
	] as const) {
		const { file, text } = await exportLitmus(test!, reference(name));
		const litmus = parseLitmus(file, text);
		t.equal(litmus.result, observation, name);
		t.equal(observe(litmus, models.lkmm).observation, observation, `${name}: the text`);
		t.equal(observe(litmus, models.sc).observation, 'Never', `${name} under sc`);
	}
});

t.test(
	'export --litmus prints one litmus test, and rejects several or a vector that has none',
	async (t) => {
		const one = await tool(['export', '--litmus', 'DAXV-0060/fs_dax_get']);
		t.match(one, { code: 0, err: '' });
		t.equal(one.out, readFileSync(join(folder, 'DAXV-0060+fs_dax_get.litmus'), 'utf8'));
		t.match(await tool(['export', '--litmus']), { code: 129, err: /takes an id/ });
		t.match(await tool(['export', '--litmus', 'DAXV-0060']), { code: 129, err: /2 litmus tests/ });
		t.match(await tool(['export', '--litmus', 'DAXV-0002']), { code: 128, err: /it has rules/ });
	},
);
