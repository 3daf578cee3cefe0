// SPDX-License-Identifier: MIT
/** What holds for every file: licences, schemas, editor completion, the one way in which dependencies point. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { globbySync } from 'globby';
import t from 'tap';
import { packageRoot } from '../runner/text/package-root';

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');
const sources = (pattern: string | string[]): string[] =>
	globbySync(pattern, { cwd: packageRoot, gitignore: true, dot: true });

t.test('every source file says its licence at the top', async (t) => {
	const files = sources([
		'**/*.{ts,yaml,pml,c,h,css}',
		'runner/**/*.js',
		'.ci/run',
		'**/*.yml',
		'!test/fixtures/refused',
	]);
	t.ok(files.length > 100);
	const silent = files.filter((file) => {
		const head = read(file).split('\n').slice(0, 3).join('\n');
		return !/SPDX-License-Identifier: (MIT|GPL-2\.0-only)/.test(head);
	});
	t.same(silent, []);
});

t.test('schemas are valid and strict', async (t) => {
	const files = readdirSync(join(packageRoot, 'schema')).filter((name) => name.endsWith('.json'));
	const schemas = files.map((name) => JSON.parse(read(join('schema', name))));
	const ajv = new Ajv({
		strict: true,
		allowUnionTypes: true,
		strictRequired: false,
		strictTypes: false,
	});
	ajv.addSchema(schemas);
	for (const { $id, $comment } of schemas) {
		t.doesNotThrow(() => ajv.getSchema($id), $id);
		t.equal($comment, 'SPDX-License-Identifier: MIT');
	}
});

t.test('every key of a vector explains itself in an editor', async (t) => {
	const common = JSON.parse(read('schema/common.schema.json'));
	const mute: string[] = [];
	const visit = (schema: Record<string, unknown>, path: string): void => {
		for (const [key, value] of Object.entries((schema.properties as object | undefined) ?? {})) {
			const property = value as { description?: string; $ref?: string } | false;
			// A conditional branch only forbids or narrows what is explained elsewhere.
			if (
				property === false ||
				path.includes('/if') ||
				path.includes('/else') ||
				path.includes('/then')
			)
				continue;
			const [, name] = /\/\$defs\/(\w+)$/.exec(property.$ref ?? '') ?? [];
			const target = name ? (vector.$defs[name] ?? common.$defs[name]) : property;
			if (!property.description && !target?.description) mute.push(`${path}/${key}`);
		}
		for (const [key, value] of Object.entries(schema))
			if (value !== null && typeof value === 'object')
				visit(value as Record<string, unknown>, `${path}/${key}`);
	};
	const vector = JSON.parse(read('schema/vector.schema.json'));
	const { dependentSchemas: _, ...stop } = vector.$defs.stop;
	vector.$defs.stop = stop;
	visit(vector, '');
	t.same(mute, []);
	for (const file of sources('vectors/*/DAXV-*.yaml'))
		t.equal(
			read(file).split('\n')[0],
			'# yaml-language-server: $schema=../../schema/vector.schema.json',
			file,
		);
});

t.test('dependencies point one way', async (t) => {
	const imports = (file: string): string[] =>
		[...read(file).matchAll(/(?:from|import|require)\(? ?'(\.[^']*)'/g)].map((match) =>
			join(file, '..', match[1]!),
		);
	/** What each room must not import. */
	const forbidden: [string | string[], RegExp][] = [
		['schema/**/*.ts', /^(runner|implementations|vectors|test)\//],
		['implementations/**/*.ts', /^(runner|test)\//],
		['runner/library/**/*.ts', /^(runner\/(explore|judge|report|commands)|implementations|test)\//],
		[
			'runner/explore/**/*.ts',
			/^(runner\/(judge|report|commands)|test|implementations\/(?!implementation$))/,
		],
		['runner/judge/**/*.ts', /^(runner\/(explore|report|commands)|implementations|test)\//],
		['runner/report/**/*.ts', /^(runner\/(explore|judge|commands)|implementations|test)\//],
		[
			'runner/{hunt,draft,minimise}/**/*.ts',
			/^(runner\/(report|commands)|test|implementations\/(?!implementation$))/,
		],
		[['runner/**/*.ts', '!runner/registry.ts'], /^(test|implementations\/(?!implementation$))/],
	];
	for (const [room, pattern] of forbidden) {
		const files = sources(room);
		t.ok(files.length > 0, String(room));
		for (const file of files)
			t.same(
				imports(file).filter((target) => pattern.test(target)),
				[],
				file,
			);
	}
});

/** Who starts programs, each looked at: no shell sees text from elsewhere, and no option is made of it. */
const STARTERS = [
	'implementations/system/command.ts',
	'implementations/exec/channel.ts',
	'implementations/exec/watchdog.ts',
	'implementations/kernel/qemu.ts',
	'implementations/kernel/remote.ts',
	'implementations/kernel/ssh.ts',
	'runner/commands/guest.ts',
	'runner/authoring/git.ts',
	'runner/workers/worker-process.ts',
];

t.test('programs are started in few places, and code is never made of text', async (t) => {
	const files = sources(['{runner,implementations}/**/*.{ts,js}', '!**/examples/**']);
	const from = /^import (?!type )\{([^}]*)\} from 'node:child_process'/m;
	t.same(
		files.filter((file) => from.test(read(file))).sort(),
		STARTERS,
		'a new one is looked at, line by line, and then listed here',
	);
	for (const file of files) {
		const text = read(file);
		const [, names = ''] = from.exec(text) ?? [];
		const values = names.split(',').map((name) => name.trim());
		// exec() and execSync() are given to a shell.
		const known = ['', 'spawn', 'spawnSync', 'fork'];
		t.same(
			values.filter((name) => !name.startsWith('type ') && !known.includes(name)),
			[],
			file,
		);
		t.notMatch(
			text,
			/\beval\(|new Function\(|node:vm|node:worker_threads|shell: true|require\('(?:node:)?child/,
			file,
		);
		// What a shell is to do stands here, and what it is to do it with comes as arguments.
		for (const [, script] of text.matchAll(/sh', \[\s*'-c',\s*([^,\]]+)/g))
			t.match(script, /^('[^']*'|script|SCRIPT)/, file);
		for (const [, script] of text.matchAll(/^\s*const (?:script|SCRIPT) = (`[^`]*`|'[^']*')/gm))
			t.notMatch(script, /[^\\]\$\{/, file);
	}
});
