// SPDX-License-Identifier: MIT
/** A build depends on every C file of its folder, so that a change of any of them is never answered from the cache. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globbySync } from 'globby';
import t from 'tap';
import { contents, machineFolder, shimFolder } from '../../implementations/native/sources';

for (const [name, folder] of Object.entries({ shim: shimFolder, machine: machineFolder }))
	t.test(`a build depends on every C file of ${name}/`, (t) => {
		const known = contents(folder);
		const files = globbySync('**/*.{c,h,S}', { cwd: folder });
		t.ok(files.length > 10);
		for (const file of files)
			t.equal(known[known.indexOf(file) + 1], readFileSync(join(folder, file), 'utf8'), file);
		t.end();
	});
