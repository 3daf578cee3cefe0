// SPDX-License-Identifier: MIT
/** lint --fix: corrections, and mistakes that it leaves. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { fixVector } from '../../runner/library/fix';
import { libraryFolder, vectorFiles } from '../../runner/library/library';
import { packageRoot } from '../../runner/text/package-root';
import { UserError } from '../../runner/text/user-error';
import { tool } from '../tool';

const name = 'DAXV-0001.yaml';
const vector = readFileSync(join(libraryFolder, 'claim', name), 'utf8');
const fix = (text: string) => fixVector(name, Buffer.from(text));

t.test('corrects misspelt keys and values, a byte-order mark and the layout', (t) => {
	const corrections = (from: string, to: string, ...what: string[]) => {
		const found = fix(vector.replace(from, to));
		t.equal(found.text, vector, to);
		t.strictSame([...found.corrections].sort(), what.sort());
	};
	corrections('effect:', 'efect:', 'efect -> effect');
	corrections('call: fs_put_dax', 'call: fs_put_dex', 'fs_put_dex -> fs_put_dax');
	corrections('status: normative', 'status: normativ', 'normativ -> normative');
	t.strictSame(fix(`\ufeff${vector}`), { text: vector, corrections: ['byte-order mark removed'] });
	t.strictSame(fix(vector.replaceAll('\n', '\r\n')), { text: vector, corrections: ['layout'] });
	const several = vector.replace('effect:', 'efect:').replace('evidence:', 'evidense:');
	t.equal(fix(several).text, vector);
	t.equal(fix(several).corrections.length, 2);
	t.strictSame(fix(vector), { text: vector, corrections: [] });
	t.end();
});

t.test('leaves correct vectors and other mistakes as they are', async (t) => {
	for (const file of await vectorFiles())
		t.strictSame(fixVector(file, readFileSync(file)).corrections, []);
	const folder = join(packageRoot, 'test/fixtures/refused');
	for (const file of readdirSync(folder).filter((each) => each !== 'expected.yaml')) {
		const bytes = readFileSync(join(folder, file));
		try {
			const { text, corrections } = fixVector(file, bytes);
			if (corrections.length === 0) t.equal(text, bytes.toString(), file);
			t.strictSame(
				fixVector(file, Buffer.from(text)).corrections,
				[],
				`${file}: a second run changes nothing`,
			);
		} catch (error) {
			t.ok(error instanceof UserError, `${file}: ${error}`);
		}
	}
});

t.test('lint --fix rewrites files and prints corrections', async (t) => {
	const folder = t.testdir();
	const file = join(folder, name);
	writeFileSync(file, vector.replace('effect:', 'efect:'));
	t.match(await tool(['lint', file]), { code: 1, err: /Did you mean "effect"\?/ });
	t.match(await tool(['lint', '--fix', file]), {
		code: 0,
		out: /DAXV-0001\.yaml: efect -> effect\n1 file without fault\n$/,
	});
	t.equal(readFileSync(file, 'utf8'), vector);
	t.match(await tool(['lint', '--fix', join(folder, 'none')]), {
		code: 128,
		err: /E_READ: cannot be read/,
	});
});
