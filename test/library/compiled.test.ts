// SPDX-License-Identifier: MIT
/** Files that the build compiled are what their YAML says, and are used for that YAML only. */
import {
	cpSync,
	existsSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { parse } from 'yaml';
import { compileSchema } from '../../runner/library/compile-schema';
import { compiledFile, keyOf, lineOf, pathsOf } from '../../runner/library/compiled';
import { libraryFolder, openLibrary, vectorFiles } from '../../runner/library/library';
import { isPrecompiled } from '../../runner/library/precompiled';
import { PRECOMPILED, schemaOf, validator, validatorFile } from '../../runner/library/schemas';
import { libraryFingerprint } from '../../runner/library/shard';
import { YamlSource } from '../../runner/library/yaml-source';
import { signatureOf } from '../../runner/start/signature';
import { packageRoot } from '../../runner/text/package-root';
import { copyOfPackage } from '../authoring/copy';
import { tool } from '../tool';

const CLAIM = 'claim/DAXV-0001.yaml';

t.test('the build compiled every vector and every list of known failures', async (t) => {
	t.ok(isPrecompiled(), 'the build is current');
	const lists = join(libraryFolder, 'known-failures');
	const files = [...vectorFiles(), ...readdirSync(lists).map((name) => join(lists, name))];
	for (const file of files) {
		const source = YamlSource.read(file);
		const compiled = compiledFile(file, () => readFileSync(file));
		if (!compiled) {
			t.fail(`${file} is not compiled`);
			continue;
		}
		t.strictSame(compiled.data, source.data, file);
		const open = YamlSource.compiled(file);
		for (const path of pathsOf(source.data)) {
			if (lineOf(compiled, path) !== source.line(path).line) t.fail(`${file}: ${path.join('/')}`);
			const more = [...path, 'no-such-key'];
			const [a, b] = [open?.line(more), source.line(more)];
			if (a?.line !== b.line || a.text !== b.text) t.fail(`${file}: ${more.join('/')}`);
		}
		const place = { code: 'E_VALUE', message: 'm', hint: 'h' } as const;
		const path = [Object.keys(source.data as object)[1] ?? ''];
		t.strictSame(open?.diagnose(path, place), source.diagnose(path, place), 'diagnostic');
	}
});

t.test('a changed vector is read from YAML, and an added one is checked', async (t) => {
	const folder = t.testdir();
	cpSync(libraryFolder, folder, { recursive: true });
	const file = join(folder, CLAIM);
	const text = readFileSync(file, 'utf8');
	writeFileSync(file, text.replace(/^title: .*$/m, 'title: Another title'));
	const { files } = await openLibrary(folder);
	t.equal(files[0]?.vector.title, 'Another title');
	t.notOk(YamlSource.compiled(file), 'not the compiled one');

	writeFileSync(file, text.replace(/^title: /m, 'titel: '));
	await t.rejects(openLibrary(folder), /E_UNKNOWN_KEY/, 'the schema applies');
	writeFileSync(file, text.replace('id: DAXV-0001', 'id: DAXV-0003'));
	await t.rejects(openLibrary(folder), /E_ID_FILE/, 'the rules apply');
	writeFileSync(file, text);
	writeFileSync(join(folder, 'claim/DAXV-0003.yaml'), text);
	await t.rejects(openLibrary(folder), /E_ID_FILE/, 'the same bytes under another name');
});

t.test('the key of a compiled file has its name and content', async (t) => {
	const bytes = Buffer.from('a');
	t.not(keyOf('x.yaml', bytes), keyOf('y.yaml', bytes));
	t.not(keyOf('x.yaml', bytes), keyOf('x.yaml', Buffer.from('b')));
});

t.test('compiled files of other code or schemas are not used', async (t) => {
	const root = copyOfPackage();
	t.teardown(() => rmSync(root, { recursive: true }));
	const compiled = join(root, 'dist/precompiled/library.json');
	writeFileSync(compiled, readFileSync(compiled, 'utf8').replaceAll('A claim', 'COMPILED'));
	const used = async () => (await tool(['list', 'DAXV-0001'], { root })).out.includes('COMPILED');
	t.ok(await used(), 'a copy of the package');
	t.match(await tool(['lint'], { root }), { code: 0 }, 'lint reads YAML');

	const vector = join(root, 'vectors', CLAIM);
	const yaml = readFileSync(vector, 'utf8');
	writeFileSync(vector, `${yaml}\n`);
	t.notOk(await used(), 'a changed vector');
	writeFileSync(vector, yaml);
	const schema = join(root, 'schema/vector.schema.json');
	const text = readFileSync(schema, 'utf8');
	writeFileSync(schema, `${text}\n`);
	t.notOk(await used(), 'a changed schema');
	writeFileSync(schema, text);
	const compilerState = join(root, 'dist/.tsbuildinfo');
	writeFileSync(compilerState, `${readFileSync(compilerState, 'utf8')} `);
	t.notOk(await used(), 'changed code');
	rmSync(compilerState);
	t.ok(await used(), 'an installed package has no state of the compiler');
});

t.test('a change that keeps the size and the time of modification is seen', async (t) => {
	const root = copyOfPackage();
	t.teardown(() => rmSync(root, { recursive: true }));
	const titles = async () => (await tool(['list', 'DAXV-0001'], { root })).out;
	const path = `vectors/${CLAIM}`;
	const vector = join(root, path);
	const compiled = join(root, 'dist/precompiled/library.json');
	const { signatures, files, ...rest } = JSON.parse(readFileSync(compiled, 'utf8'));
	t.ok(signatures[path], 'the build saw the file');
	const marked = JSON.parse(JSON.stringify(files).replaceAll('"A claim', '"COMPILED'));
	const date = new Date('2026-01-01');
	utimesSync(vector, date, date);
	await setTimeout(500);
	const own = { [path]: signatureOf(vector) };
	writeFileSync(compiled, JSON.stringify({ ...rest, files: marked, signatures: own }));
	t.match(await titles(), /COMPILED/, 'the file is not read while its signature is the same');

	const yaml = readFileSync(vector, 'utf8');
	writeFileSync(vector, yaml.replace('title: A claim', 'title: B claim'));
	utimesSync(vector, date, date);
	t.match(await titles(), /B claim/);
});

t.test('the fingerprint of the library is that of its cases', async (t) => {
	const { cases } = await openLibrary();
	t.equal(libraryFingerprint(cases), libraryFingerprint([...cases]));
	const folder = t.testdir();
	cpSync(libraryFolder, folder, { recursive: true });
	rmSync(join(folder, CLAIM));
	const fewer = await openLibrary(folder);
	t.equal(libraryFingerprint(fewer.cases), libraryFingerprint([...fewer.cases]), 'a vector less');
	t.not(libraryFingerprint(fewer.cases), libraryFingerprint(cases));
});

t.test('a compiled validator reports the errors that ajv reports', async (t) => {
	const folder = join(packageRoot, 'test/fixtures/refused');
	const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.yaml'))
		.map((name) => readFileSync(join(folder, name), 'utf8'));
	const data = [...texts.flatMap(dataOf), {}, null, [], { format: 1, failures: [{}] }];
	let invalid = 0;
	for (const name of PRECOMPILED) {
		const precompiled = validator(name);
		const own = compileSchema(name, schemaOf);
		t.not(precompiled, own);
		t.ok(existsSync(validatorFile(name)), `${name} is compiled`);
		for (const each of data) {
			t.equal(precompiled(each), own(each));
			if (own.errors) invalid++;
			if (JSON.stringify(precompiled.errors) !== JSON.stringify(own.errors)) t.fail(name);
		}
	}
	t.ok(invalid > 100);
});

/** The data of a text as JSON; none if it is not YAML or has cycles. */
function dataOf(text: string): unknown[] {
	try {
		return [JSON.parse(JSON.stringify(parse(text, { logLevel: 'silent' })))];
	} catch {
		return [];
	}
}
