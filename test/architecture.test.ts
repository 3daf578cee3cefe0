// SPDX-License-Identifier: MIT
/** Rules for every file: licences, schemas, editor completion, the direction of imports, the start of programs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { globbySync } from 'globby';
import t from 'tap';
import { packageRoot } from '../runner/text/package-root';

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8');
const sources = (pattern: string | string[]): string[] =>
	globbySync(pattern, { cwd: packageRoot, gitignore: true, dot: true });

t.test('every source file names its licence in its first lines', async (t) => {
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

t.test('every key of a vector has a description that editors show', async (t) => {
	const common = JSON.parse(read('schema/common.schema.json'));
	const undescribed: string[] = [];
	const visit = (schema: Record<string, unknown>, path: string): void => {
		for (const [key, value] of Object.entries((schema.properties as object | undefined) ?? {})) {
			const property = value as { description?: string; $ref?: string } | false;
			// A conditional branch only forbids or narrows keys that have a description elsewhere.
			if (
				property === false ||
				path.includes('/if') ||
				path.includes('/else') ||
				path.includes('/then')
			)
				continue;
			const [, name] = /\/\$defs\/(\w+)$/.exec(property.$ref ?? '') ?? [];
			const target = name ? (vector.$defs[name] ?? common.$defs[name]) : property;
			if (!property.description && !target?.description) undescribed.push(`${path}/${key}`);
		}
		for (const [key, value] of Object.entries(schema))
			if (value !== null && typeof value === 'object')
				visit(value as Record<string, unknown>, `${path}/${key}`);
	};
	const vector = JSON.parse(read('schema/vector.schema.json'));
	const { dependentSchemas: _, ...stop } = vector.$defs.stop;
	vector.$defs.stop = stop;
	visit(vector, '');
	t.same(undescribed, []);
	for (const file of sources('vectors/*/DAXV-*.yaml'))
		t.equal(
			read(file).split('\n')[0],
			'# yaml-language-server: $schema=../../schema/vector.schema.json',
			file,
		);
});

/**
 * Modules that each module may import, lowest first. A module is a folder of runner/ or implementations/, or a file
 * directly in them. An import that is missing here fails the test, and so does an entry that no import uses.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	schema: [],
	'implementations/calls': ['schema'],
	'implementations/isolated-threads': ['schema'],
	'implementations/implementation': ['schema', 'implementations/isolated-threads'],
	'implementations/restarts': ['implementations/implementation'],
	'implementations/exec': ['schema', 'implementations/implementation', 'implementations/restarts'],
	'implementations/memory-failure': ['schema'],
	'implementations/unavailable': ['implementations/implementation'],
	'implementations/system': ['implementations/unavailable'],
	'implementations/watcher': [],
	'implementations/kernel': [
		'schema',
		'implementations/calls',
		'implementations/implementation',
		'implementations/memory-failure',
		'implementations/unavailable',
		'implementations/system',
		'implementations/watcher',
	],
	'implementations/program-threads': ['schema', 'implementations/isolated-threads'],
	'implementations/revision-names': [],
	'implementations/native': [
		'schema',
		'implementations/calls',
		'implementations/isolated-threads',
		'implementations/implementation',
		'implementations/restarts',
		'implementations/memory-failure',
		'implementations/unavailable',
		'implementations/system',
		'implementations/program-threads',
		'implementations/revision-names',
	],
	'implementations/reference': [
		'schema',
		'implementations/calls',
		'implementations/isolated-threads',
		'implementations/implementation',
		'implementations/memory-failure',
		'implementations/program-threads',
		'implementations/revision-names',
	],
	'runner/text': ['schema'],
	'runner/diagram': ['schema', 'implementations/calls', 'runner/text'],
	'runner/start': [],
	'runner/library': ['runner/start', 'schema', 'implementations/calls', 'runner/text'],
	'runner/explore': ['schema', 'implementations/implementation', 'runner/library'],
	'runner/judge': ['schema', 'runner/text', 'runner/library', 'runner/explore'],
	'runner/memory': ['schema', 'implementations/implementation'],
	'runner/decide': [
		'schema',
		'implementations/implementation',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/explore',
		'runner/judge',
		'runner/memory',
	],
	'runner/registry': [
		'implementations/implementation',
		'implementations/exec',
		'implementations/unavailable',
		'implementations/kernel',
		'implementations/revision-names',
		'implementations/native',
		'implementations/reference',
		'runner/text',
	],
	'runner/report': ['schema', 'runner/text', 'runner/diagram', 'runner/library'],
	'runner/adapter': [
		'schema',
		'implementations/implementation',
		'runner/library',
		'runner/explore',
		'runner/decide',
		'runner/registry',
		'runner/report',
	],
	'runner/authoring': [
		'schema',
		'implementations/calls',
		'implementations/implementation',
		'implementations/system',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/explore',
		'runner/judge',
		'runner/decide',
		'runner/registry',
	],
	'runner/history': ['schema'],
	'runner/hunt': [
		'schema',
		'implementations/implementation',
		'runner/history',
		'runner/library',
		'runner/explore',
		'runner/judge',
		'runner/authoring',
	],
	'runner/known-failures': [
		'schema',
		'implementations/revision-names',
		'runner/text',
		'runner/library',
	],
	'runner/litmus': [
		'schema',
		'implementations/implementation',
		'runner/library',
		'runner/judge',
		'runner/decide',
	],
	'runner/review': [
		'schema',
		'implementations/system',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/decide',
		'runner/registry',
		'runner/report',
	],
	'runner/run': [
		'schema',
		'implementations/implementation',
		'runner/text',
		'runner/library',
		'runner/decide',
		'runner/registry',
		'runner/report',
		'runner/known-failures',
	],
	'runner/watch': [
		'schema',
		'implementations/memory-failure',
		'implementations/system',
		'implementations/watcher',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/history',
		'runner/report',
	],
	'runner/commands': [
		'schema',
		'implementations/implementation',
		'implementations/system',
		'implementations/watcher',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/explore',
		'runner/judge',
		'runner/memory',
		'runner/decide',
		'runner/registry',
		'runner/report',
		'runner/adapter',
		'runner/authoring',
		'runner/hunt',
		'runner/known-failures',
		'runner/litmus',
		'runner/review',
		'runner/run',
		'runner/watch',
	],
	'runner/build': [
		'runner/start',
		'runner/text',
		'runner/library',
		'runner/known-failures',
		'runner/commands',
	],
	'runner/cli': ['runner/start', 'runner/text', 'runner/commands'],
	'runner/site': [
		'schema',
		'implementations/implementation',
		'implementations/system',
		'runner/text',
		'runner/diagram',
		'runner/library',
		'runner/explore',
		'runner/judge',
		'runner/decide',
		'runner/registry',
		'runner/report',
		'runner/authoring',
		'runner/known-failures',
		'runner/run',
	],
};

/** Such as "runner/explore" for runner/explore/trace.ts, "schema" for any file of schema/. */
const moduleOf = (file: string): string => {
	const [top, next] = file.split('/');
	return top === 'schema' ? top : `${top}/${next!.replace(/\.ts$/, '')}`;
};

/** The file that an import names, or that an #include names beside or above the file itself. */
const targetOf = (from: string, target: string, known: ReadonlySet<string>): string | undefined => {
	const path = join(from, '..', target);
	return [path, `${path}.ts`, `${path}/index.ts`].find((each) => known.has(each));
};

const importsOf = (file: string, known: ReadonlySet<string>): string[] =>
	[...read(file).matchAll(/(?:from|import|require)\(? ?'(\.[^']*)'|^#include "([^"]*)"/gm)].flatMap(
		([, script, header]) => targetOf(file, (script ?? header)!, known) ?? [],
	);

/** Arrows from module to module, each with one file that imports across it. */
function arrowsOf(graph: ReadonlyMap<string, readonly string[]>): Map<string, string> {
	const arrows = new Map<string, string>();
	for (const [file, targets] of graph)
		for (const target of targets) {
			const [from, to] = [moduleOf(file), moduleOf(target)];
			if (from !== to) arrows.set(`${from} -> ${to}`, `${file} imports ${target}`);
		}
	return arrows;
}

/** The first cycle, as a path that ends where it begins; empty when there is none. */
function cycleOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
	const finished = new Set<string>();
	const visit = (node: string, path: readonly string[]): string[] => {
		if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
		if (finished.has(node)) return [];
		for (const next of graph.get(node) ?? []) {
			const found = visit(next, [...path, node]);
			if (found.length > 0) return found;
		}
		finished.add(node);
		return [];
	};
	for (const node of graph.keys()) {
		const found = visit(node, []);
		if (found.length > 0) return found;
	}
	return [];
}

const graphOf = (patterns: string[]): Map<string, string[]> => {
	const files = new Set(sources(patterns));
	return new Map([...files].map((file) => [file, importsOf(file, files)]));
};

t.test('every module imports what the table allows, and nothing else', async (t) => {
	const graph = graphOf(['{runner,implementations,schema}/**/*.ts']);
	t.ok(graph.size > 250);
	const declared = new Set(
		Object.entries(ALLOWED).flatMap(([from, list]) => list.map((to) => `${from} -> ${to}`)),
	);
	const arrows = arrowsOf(graph);
	t.same(
		[...arrows].filter(([arrow]) => !declared.has(arrow)).map(([arrow, why]) => `${arrow}: ${why}`),
		[],
		'imports that the table does not allow',
	);
	t.same(
		[...declared].filter((arrow) => !arrows.has(arrow)),
		[],
		'arrows of the table that no import uses',
	);
	t.same(
		[...new Set([...graph.keys()].map(moduleOf))].filter((each) => !Object.hasOwn(ALLOWED, each)),
		[],
		'modules that the table does not have',
	);
	t.same(cycleOf(new Map(Object.entries(ALLOWED))), [], 'modules in a cycle');
	const concrete = /^implementations\/(exec|kernel|native|reference)$/;
	for (const [from, list] of Object.entries(ALLOWED))
		if (from.startsWith('runner/') && from !== 'runner/registry')
			t.notOk(
				list.some((to) => concrete.test(to)),
				`${from} opens implementations by address`,
			);
});

t.test('no file imports or includes itself through others', async (t) => {
	for (const patterns of [
		['{runner,implementations,schema}/**/*.ts'],
		['test/**/*.ts', '!test/fixtures'],
		['implementations/**/*.{c,h}'],
	]) {
		const graph = graphOf(patterns);
		t.ok([...graph.values()].flat().length > 20, patterns[0]!);
		t.same(cycleOf(graph), [], patterns[0]!);
	}
});

t.test('the check of imports finds an undeclared arrow and a cycle', async (t) => {
	const graph = new Map([
		['runner/text/wrap.ts', ['runner/report/tap.ts']],
		['runner/report/tap.ts', ['runner/text/wrap.ts']],
	]);
	t.match([...arrowsOf(graph).keys()], ['runner/text -> runner/report']);
	t.same(cycleOf(graph), ['runner/text/wrap.ts', 'runner/report/tap.ts', 'runner/text/wrap.ts']);
});

/** Files that start programs. Each was reviewed: it passes no foreign text to a shell or as an option. */
const PROGRAM_STARTING_FILES = [
	'implementations/exec/channel.ts',
	'implementations/kernel/qemu.ts',
	'implementations/kernel/remote.ts',
	'implementations/kernel/ssh.ts',
	'implementations/native/compile-ahead.ts',
	'implementations/system/command.ts',
	'implementations/system/git.ts',
	'runner/commands/guest.ts',
];

/** The file that compiles text, that of dist/bundle, which the build wrote. It is reviewed as the files above. */
const COMPILING_FILE = 'runner/start/bundle.ts';

t.test('only reviewed files start programs, and no code is built from text', async (t) => {
	const files = sources(['{runner,implementations}/**/*.{ts,js}', '!**/examples/**']);
	const from = /^import (?!type )\{([^}]*)\} from 'node:child_process'/m;
	t.same(
		files.filter((file) => from.test(read(file))).sort(),
		PROGRAM_STARTING_FILES,
		'review a new one line by line, then list it here',
	);
	for (const file of files) {
		const text = read(file);
		const [, names = ''] = from.exec(text) ?? [];
		const values = names.split(',').map((name) => name.trim());
		// exec() and execSync() would start a shell.
		const known = ['', 'spawn', 'spawnSync'];
		t.same(
			values.filter((name) => !name.startsWith('type ') && !known.includes(name)),
			[],
			file,
		);
		t.notMatch(
			text,
			/\beval\(|new Function\(|eval: true|shell: true|require\('(?:node:)?child/,
			file,
		);
		if (file !== COMPILING_FILE) t.notMatch(text, /node:vm/, file);
		// Scripts are constants; their data comes as arguments.
		for (const [, script] of text.matchAll(/sh', \[\s*'-c',\s*([^,\]]+)/g))
			t.match(script, /^('[^']*'|script|SCRIPT)/, file);
		for (const [, script] of text.matchAll(/^\s*const (?:script|SCRIPT) = (`[^`]*`|'[^']*')/gm))
			t.notMatch(script, /[^\\]\$\{/, file);
	}
});

t.test('only reviewed files start threads or run in one', async (t) => {
	const files = sources('{runner,implementations}/**/*.{ts,js}');
	t.same(
		files.filter((file) => read(file).includes('worker_threads')).sort(),
		['runner/run/worker.ts', 'runner/run/workers.ts'],
		'a thread runs a file of the package, and gets plain data: review a new one, then list it here',
	);
});
