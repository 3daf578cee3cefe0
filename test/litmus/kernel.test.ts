// SPDX-License-Identifier: MIT
/** Compares the engine with the kernel's litmus tests (tools/memory-model), each of which documents its Result. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { models } from '../../runner/memory/models';
import { debianTree, versions } from '../native/debian';
import { needs } from '../needs';
import { parseLitmus } from './parse';
import { observe } from './verdict';

const TREE = needs('kernel source');

for (const version of versions)
	t.test(
		`the litmus tests of Linux ${version} have the results that they document`,
		TREE,
		async (t) => {
			const folder = join(debianTree(version), 'tools/memory-model/litmus-tests');
			const files = readdirSync(folder).filter((file) => file.endsWith('.litmus'));
			t.ok(files.length >= 34);
			for (const file of files) {
				const litmus = parseLitmus(file, readFileSync(join(folder, file), 'utf8'));
				t.match(litmus.result, /^(Never|Sometimes|Always)$/, `${file} documents its result`);
				t.equal(observe(litmus, models.lkmm).observation, litmus.result, file);
			}
		},
	);
