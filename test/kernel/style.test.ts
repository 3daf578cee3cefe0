// SPDX-License-Identifier: MIT
/** The module follows kernel style: checkpatch.pl --strict reports nothing. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { moduleFolder, moduleSources } from '../../implementations/kernel/module';
import { packageRoot } from '../../runner/text/package-root';
import { debianTree } from '../native/debian';
import { needs } from '../needs';

const CHECKPATCH = needs('perl', 'kernel source');

/** A file that super.c includes, whose name checkpatch.pl would report. */
const IGNORED = 'EMBEDDED_FILENAME';

function checkpatch(files: readonly string[]) {
	const script = join(debianTree('6.12'), 'scripts/checkpatch.pl');
	const options = ['--no-tree', '--strict', '--terse', '--no-summary', '--ignore', IGNORED, '-f'];
	const { stdout, stderr, status } = spawnSync('perl', [script, ...options, ...files], {
		encoding: 'utf8',
	});
	return { said: stdout + stderr, status };
}

t.test(
	'checkpatch.pl --strict reports nothing for any file of the module',
	CHECKPATCH,
	async (t) => {
		const files = moduleSources()
			.map(([name]) => name)
			.filter((name) => name !== 'Kbuild');
		t.ok(files.length > 10);
		const callers = join(packageRoot, 'test/fixtures/kernel/callers/dax-callers.c');
		const paths = [...files.map((name) => join(moduleFolder, name)), callers];
		t.same(checkpatch(paths), { said: '', status: 0 });
	},
);

t.test('a file includes headers of its own layer and of lower ones only', async (t) => {
	const sources = new Map(moduleSources());
	const included = (name: string) =>
		[...sources.get(name)!.matchAll(/^#include "(\w+)\.[ch]"/gm)].map(([, unit]) => unit!);
	const [data = '', ...others] = included('all.c');
	// super.c is a compilation unit of its own.
	const lowestFirst = [data, 'super', ...others];
	const units = new Set([...sources.keys()].map((name) => name.split('.')[0]!));
	// redirect.c is a module of its own.
	const known = new Set([...lowestFirst, 'all', 'redirect', 'Kbuild']);
	t.same(known, units, 'all.c lists every file');
	for (const [name] of sources) {
		const [unit] = name.split('.') as [string];
		if (!lowestFirst.includes(unit)) continue;
		const allowed = lowestFirst.slice(0, lowestFirst.indexOf(unit) + 1);
		const higher = included(name).filter((other) => units.has(other) && !allowed.includes(other));
		t.same(higher, [], name);
	}
});

t.test('checkpatch.pl reports a style error in a changed file', CHECKPATCH, async (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'dax-style-'));
	t.teardown(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'bad.c');
	writeFileSync(file, '// SPDX-License-Identifier: GPL-2.0-only\nint f( int a ) { return a; }\n');
	t.match(checkpatch([file]), { status: 1, said: /ERROR: space prohibited/ });
});
