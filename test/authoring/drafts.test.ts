// SPDX-License-Identifier: MIT
/** Drafts: they never take the library away, live in any folder, and get their id when they enter the library. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { tool } from '../tool';
import { copyOfPackage } from './copy';

const root = copyOfPackage();
t.teardown(() => rmSync(root, { recursive: true, force: true }));
const finished = readFileSync(join(packageRoot, 'vectors/claim/DAXV-0001.yaml'), 'utf8').replace(
	/^id: .*$/m,
	'id: DAXV-0000',
);

t.test('an unfinished draft is left out with one line, and lint refuses it', async (t) => {
	const file = join(root, 'vectors/claim/DAXV-9998.yaml');
	writeFileSync(file, 'id: DAXV-9998\ntitle: TODO what must hold\n');
	t.teardown(() => rmSync(file, { force: true }));
	for (const line of ['run DAXV-0020', 'list 20', 'show 20', 'cite 20', 'export --json'])
		t.match(
			await tool(line.split(' '), { root }),
			{ code: 0, err: /^left out, unfinished: vectors\/claim\/DAXV-9998\.yaml; see "dax-vectors / },
			line,
		);
	t.match(await tool(['lint'], { root }), { code: 1, err: /DAXV-9998\.yaml.*E_BLANK/ });
});

t.test('an invalid recorded vector is an error, and not left out as a draft', async (t) => {
	const file = join(root, 'vectors/claim/DAXV-0001.yaml');
	const text = readFileSync(file, 'utf8');
	t.teardown(() => writeFileSync(file, text));
	writeFileSync(file, text.replace(/^title: .*$/m, ''));
	t.match(await tool(['run', 'DAXV-0020'], { root }), { code: 128, err: /E_MISSING_KEY/ });
});

t.test('outside of a clone, new writes a draft without an id where the user is', async (t) => {
	const cwd = t.testdir();
	t.match(await tool(['new', 'claim'], { root, cwd }), { code: 0, out: /^draft\.yaml\n/ });
	t.match(await tool(['new', 'claim'], { root, cwd }), { code: 0, out: /^draft-2\.yaml\n/ });
	t.match(await tool(['new', 'claim', '--out', 'drafts'], { root, cwd }), {
		code: 0,
		out: /^drafts\/draft\.yaml\n/,
	});
	t.match(readFileSync(join(cwd, 'draft.yaml'), 'utf8'), /^id: DAXV-0000$/m);
});

t.test('a folder that cannot be made is one error, also below /proc', async (t) => {
	const cwd = t.testdir({ file: '' });
	for (const [line, folder] of [
		['new claim --out', '/proc/nosuch/drafts'],
		['new claim --out', 'file/drafts'],
		['new claim --out', 'file'],
		['export --litmus DAXV-0001/fs_dax_get --folder', '/proc/nosuch'],
		['hunt --programs 1 --out', '/proc/nosuch'],
	] as const) {
		const { code, err } = await tool([...line.split(' '), folder], { cwd });
		t.equal(code, 128, line);
		const path = folder.replace('nosuch/drafts', 'nosuch');
		t.match(
			err,
			new RegExp(`^dax-vectors: .*${path} cannot be used \\(\\w+\\): E\\w+; check`, 'm'),
		);
		t.equal(err.split('\n').length, 2, err);
	}
});

t.test('new names the vectors that cite the same Message-ID', async (t) => {
	const cwd = t.testdir();
	const [, id = ''] = /message-id: (\S+@[^},\s]+)/.exec(finished) ?? [];
	const mail = `Message-ID: <${id}>\nFrom: A <a@example.org>\nSubject: fs_put_dax() races\nDate: Mon, 18 May 2026 09:00:00 +0000\n\nfs_put_dax() races.\n`;
	writeFileSync(join(cwd, 'mail.eml'), mail);
	const { out } = await tool(['new', '--from', 'mail.eml'], { root, cwd });
	t.match(out, `<${id}> is cited by DAXV-0001 already: A claim that races`);
});

t.test('lint, run, show, cite, try and replay take a file anywhere', async (t) => {
	const cwd = t.testdir({ 'mine.yaml': finished });
	t.match(await tool(['lint', 'mine.yaml'], { cwd }), { code: 0 });
	const on = ['-i', 'reference:v6.12-stable'];
	const { code, out } = await tool(['run', 'mine.yaml', ...on], { cwd });
	t.equal(code, 1);
	t.match(out, /^FAIL {4}DAXV-0000\/fs_dax_get_by_bdev /m);
	t.match(out, / show mine\.yaml -i reference:v6\.12-stable$/m);
	const [, token = ''] = /replay (dv1\S+)/.exec(out) ?? [];
	t.match(await tool(['replay', token, 'mine.yaml'], { cwd }), { code: 1, out: /expected B/ });
	for (const command of ['show', 'cite', 'try'])
		t.match(await tool([command, 'mine.yaml'], { cwd }), { code: 0 }, command);
});

t.test('lint --record gives a vector without an id the next one', async (t) => {
	const draft = join(root, 'vectors/claim/race.yaml');
	writeFileSync(draft, finished.replace('../../schema', '/elsewhere/schema'));
	const listed = await tool(['list'], { root });
	t.match(listed, { code: 0, err: /^left out, unfinished: .*race\.yaml/ });
	t.notMatch(listed.out, 'DAXV-0000');
	const { code, out } = await tool(['lint', '--record'], { root });
	t.equal(code, 0);
	const [, file = '', id = ''] =
		/^(vectors\/claim\/(DAXV-\d{4})\.yaml): has an id now$/m.exec(out) ?? [];
	t.match(out, `${id} recorded\n`);
	t.notOk(existsSync(draft));
	const text = readFileSync(join(root, file), 'utf8');
	t.match(text, `\nid: ${id}\n`);
	t.match(text, /^# yaml-language-server: \$schema=\.\.\/\.\.\/schema\/vector\.schema\.json$/m);
	t.match(readFileSync(join(root, 'vectors/ledger.yaml'), 'utf8'), `${id}: `);
	renameSync(join(root, file), draft);
});

t.test('show prefers a failure of the class of the vector', async (t) => {
	// On v7.1 a double fetch fails it first.
	const { out } = await tool(['show', 'DAXV-0056', '--commit']);
	t.match(out.replace(/\s+/g, ' '), /^DAXV-0056 on v7\.1: ops is null after claim, expected B:/);
});
