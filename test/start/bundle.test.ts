// SPDX-License-Identifier: MIT
/** Bundled modules are those of the files that the build read, and are used for these only. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { Bundle } from '../../runner/start/bundle';
import { signatureOf } from '../../runner/start/signature';
import { copyOfPackage } from '../authoring/copy';
import { tool } from '../tool';

/** A package whose modules say whether they come from a file or from chunk 0, and what is in the chunk. */
const PACKAGE = {
	'main.js': "exports.from = 'file'; exports.part = () => require('./part');",
	'part.js': "exports.from = 'file';",
	'outside.js': "exports.part = require('./part'); exports.made = {};",
	'0.js': `({
"main.js"(exports, require) { exports.from = 'chunk'; exports.part = () => require('./part.js'); },
"part.js"(exports, require) { exports.from = 'chunk'; exports.outside = () => require('./outside.js'); },
})`,
};

interface Main {
	readonly from: string;
	part(): { readonly from: string; outside(): { readonly part: unknown; readonly made: unknown } };
}

t.test('a chunk is used while its files are the same', async (t) => {
	const folder = t.testdir(PACKAGE);
	const file = (name: string) => join(folder, name);
	const isRecent = () => {
		writeFileSync(file('main.js'), PACKAGE['main.js']);
		return signatureOf(file('main.js')) === null;
	};
	t.ok(Array.from({ length: 20 }, isRecent).includes(true), 'no signature just after a change');
	await setTimeout(500);
	const signatures = ['main.js', 'part.js'].map((name) => [name, signatureOf(file(name))]);
	const load = createRequire(file('cli.js'));
	const main = (): Main => {
		for (const name of Object.keys(PACKAGE)) delete load.cache[file(name)];
		const bundle = new Bundle(folder, folder, load, [Object.fromEntries(signatures)]);
		return bundle.require(file('main.js')) as Main;
	};
	const bundled = main();
	t.equal(bundled.from, 'chunk');
	const part = bundled.part();
	t.equal(part.from, 'chunk');
	t.equal(part.outside().part, part, 'a module outside of the bundle gets the same instance');
	t.equal(part.outside().made, load(file('outside.js')).made, 'and is itself loaded once');

	writeFileSync(file('0.bytecode'), 'bytecode of another version');
	t.equal(main().from, 'chunk', 'V8 ignores it');
	writeFileSync(file('part.js'), readFileSync(file('part.js')));
	t.equal(main().from, 'file', 'a file of the chunk was written');
	t.equal(main().part().from, 'file');
	rmSync(file('part.js'));
	t.equal(main().from, 'file', 'a file of the chunk is gone');
});

t.test('a command shows a change of its code at once', async (t) => {
	const root = copyOfPackage();
	t.teardown(() => rmSync(root, { recursive: true }));
	const inCopy = (name: string) => join(root, 'dist', name);
	const replace = (file: string, to: string) =>
		writeFileSync(file, readFileSync(file, 'utf8').replace('Prints one line', to));
	const help = async () => (await tool(['list', '--help'], { root })).out;
	const written = await help();
	execFileSync(process.execPath, [inCopy('runner/build/bundle.js')], { cwd: root });
	t.equal(await help(), written);
	replace(inCopy('bundle/0.js'), 'Bundled one line');
	rmSync(inCopy('bundle/0.bytecode'));
	t.match(await help(), /Bundled one line/, 'the bundle is used');
	replace(inCopy('runner/commands/list.js'), 'Changed one line');
	t.match(await help(), /Changed one line/, 'a changed file is used');
	t.match(await tool(['list', 'DAXV-0001'], { root }), { code: 0, err: '' });
});
