// SPDX-License-Identifier: MIT
/** A hostile library: no command prints its control characters or runs anything from it. */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { globbySync } from 'globby';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { copyOfPackage } from '../authoring/copy';
import { ascii, HOSTILE, obeyed, showing } from '../hostile';
import { tool, toolHere } from '../tool';

const root = copyOfPackage();
for (const guide of globbySync('{*.md,implementations/**/*.md}', { cwd: packageRoot }))
	cpSync(join(packageRoot, guide), join(root, guide));
const work = mkdtempSync(join(tmpdir(), 'dax-hostile-'));
t.teardown(() => {
	for (const folder of [root, work]) rmSync(folder, { recursive: true });
});

const FILE = 'vectors/claim/DAXV-0001.yaml';
const library = join(root, 'vectors');

/** Gives each vector a hostile title, and one vector hostile prose. */
const files = globbySync('*/DAXV-*.yaml', { cwd: library, absolute: true }).sort();
for (const [index, [, text]] of showing.entries())
	replace(
		files[index]!,
		/^title: .*$/m,
		`title: ${ascii(`${text} (as a title)`.replaceAll('\n', ' ').slice(0, 100))}`,
	);
const all = ascii(showing.map(([, text]) => text.slice(0, 200)).join('\n'));
for (const [pattern, key] of [
	[/^ {2}effect: .*$/m, '  effect: '],
	[/^ {6}by: .*$/m, '      by: '],
	[/^ {6}says: .*$/m, '      says: '],
	[/^ {4}about: .*$/m, '    about: '],
	[/^# SPDX.*$/m, '# ##[error]injected ::error::injected $(touch injected) \n# '],
] as const)
	replace(join(root, FILE), pattern, `${key}${all}`);

function replace(file: string, pattern: RegExp, by: string): void {
	const text = readFileSync(file, 'utf8');
	writeFileSync(
		file,
		text.replace(pattern, () => by),
	);
}

const report = join(work, 'report.jsonl');
const run = 'run DAXV-0001 -i reference:v6.12-stable';
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
/** With colours, fewer control characters are removed. */
const colours = { FORCE_COLOR: '1' };
const commands: readonly string[] = [
	'list --tags --variants',
	'show DAXV-0001',
	'show DAXV-0001 --commit',
	'cite DAXV-0001 --homepage https://example.org/x',
	'lint',
	'export --json',
	'export --litmus DAXV-0001/fs_dax_get',
	`report diff ${report} ${report}`,
	`report diff ${report} ${report} -r json`,
	run,
	`${run} -i reference`,
	`${run} -r github`,
	`report statement ${report}`,
	`report html ${report}`,
	`try ${FILE}`,
	`try ${FILE} --minimise -i reference:v6.12-stable`,
	'list --profile 1.0',
];

t.test('every command prints hostile text harmlessly', async (t) => {
	const { out } = await tool([...run.split(' '), '-r', 'json'], { root });
	writeFileSync(report, out);
	t.equal(obeyed(out, 'json'), undefined);
	t.equal(JSON.parse(out.split('\n')[1]!).record, 'result');
	for (const line of commands)
		for (const env of line === 'list --tags --variants' ? [{}, colours] : [{}]) {
			const ended = await tool(line.split(' '), { root, env });
			t.notMatch(ended.err, /internal error/, line);
			t.ok(ended.out.length > 0, `${line}: ${ended.err}`);
			const name = line.startsWith('report html') ? 'html' : '';
			const text = (ended.out + ended.err).replace(COLOUR, '');
			t.equal(obeyed(text, name), undefined, line);
		}
	const exported = JSON.parse((await tool(['export', '--json'], { root })).out);
	const titles = JSON.stringify(exported);
	t.match(titles, '##[error]injected', 'JSON keeps the data');
});

t.test('pages escape hostile text', async (t) => {
	const pages = join(work, 'pages');
	execFileSync(process.execPath, [join(root, 'dist/runner/site/build.js'), pages], { cwd: root });
	for (const page of globbySync('**/*.html', { cwd: pages }))
		t.equal(obeyed(readFileSync(join(pages, page), 'utf8'), 'html'), undefined, page);
});

const WORDS = [
	'sets the title of a terminal',
	'reverses the direction of text',
	'breaks a line',
	'is an old command of GitHub',
	'ends a quote of a shell',
	'is a path',
	'is a property of every object',
] as const;

t.test('hostile words of a command line are refused or harmless', async (t) => {
	const before = process.cwd();
	process.chdir(work);
	t.teardown(() => process.chdir(before));
	for (const about of WORDS)
		for (const command of ['show --', 'run -i']) {
			const words = [...command.split(' '), HOSTILE[about]];
			const { code, out, err } = await toolHere(words);
			// A usage error, a file that cannot be read, or a tree that cannot be tested.
			t.ok([125, 128, 129].includes(code ?? 0), `${command} ${about}: exit code ${code}`);
			t.equal(out, '', `${command} ${about}`);
			t.equal(obeyed(err), undefined, `${command} ${about}`);
			t.notMatch(err, /internal error/);
		}
	for (const command of [
		['show', '../../x'],
		['export', '--litmus', '../../x', '--folder', work],
		['run', '--profile', '../ledger'],
		['run', '--profile', '__proto__'],
		['replay', 'dv1.../../x'],
		['cite', '-C', packageRoot, '--range=--output=injected'],
		['cite', '-C', packageRoot, '--output=injected'],
		['cite', '-C', packageRoot, '--range', 'HEAD; touch injected'],
		['cite', '-C', packageRoot, '--range', '/etc/passwd'],
		['guest', 'constructor'],
		['__proto__'],
		['constructor'],
	]) {
		const { code, err } = await toolHere(command);
		t.ok(code === 128 || code === 129, `${command.join(' ')}: exit code ${code}`);
		t.notMatch(err, /internal error/, command.join(' '));
	}
});

t.test('refuses links out of the library, devices and pipes', async (t) => {
	const outside = join(work, 'outside.yaml');
	writeFileSync(outside, 'password: secret\n');
	const link = join(library, 'claim/DAXV-9998.yaml');
	symlinkSync(outside, link);
	for (const command of [['lint'], ['lint', '--fix'], ['list']]) {
		const { code, out, err } = await tool(command, { root });
		t.match({ code, out: out + err }, { code: 128, out: /a link that leads out of the library/ });
		t.notMatch(out + err, /secret/);
	}
	t.equal(readFileSync(outside, 'utf8'), 'password: secret\n');
	rmSync(link);
	// Reading any of them never ends.
	for (const command of [
		['lint', '/dev/zero'],
		['lint', '--fix', '/dev/zero'],
		['try', '/dev/zero'],
		['new', '--from', '/dev/zero'],
		['new', '--from-dmesg', '/dev/zero'],
		['run', '--known-failures', '/dev/zero'],
	]) {
		const { code, err } = await tool(command, { root });
		const expected = { code: command[0] === 'lint' ? 1 : 128, err: /E_SIZE/ };
		t.match({ code, err }, expected, command.join(' '));
	}
});

t.test('no command executed hostile text', async (t) => {
	for (const folder of [root, work, packageRoot, process.cwd()])
		t.notOk(existsSync(join(folder, 'injected')), folder);
	t.same(
		readdirSync(work).filter((name) => !['outside.yaml', 'pages', 'report.jsonl'].includes(name)),
		[],
	);
});
