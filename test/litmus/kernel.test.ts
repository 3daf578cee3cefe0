// SPDX-License-Identifier: MIT
/** The engine against the kernel: each litmus test of tools/memory-model has the Result that it documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { models } from '../../runner/memory/models';
import { debianTree, versions } from '../native/debian';
import { parseLitmus } from './parse';
import { observe } from './verdict';

for (const version of versions)
	t.test(`Linux ${version}`, async (t) => {
		const folder = join(debianTree(version), 'tools/memory-model/litmus-tests');
		const files = readdirSync(folder).filter((file) => file.endsWith('.litmus'));
		t.ok(files.length >= 34);
		for (const file of files) {
			const litmus = parseLitmus(file, readFileSync(join(folder, file), 'utf8'));
			t.match(litmus.result, /^(Never|Sometimes|Always)$/, `${file} documents its result`);
			t.equal(observe(file, litmus, models.lkmm).observation, litmus.result, file);
		}
	});
