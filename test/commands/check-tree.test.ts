// SPDX-License-Identifier: MIT
/** run in and on a kernel tree, addresses that cannot work, open vectors, and a reader that is gone. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';
import { shell, tool, toolHere } from '../tool';

const CC = needs('cc');

/** A tree with the port of the merged contract as its super.c. */
const tree = t.testdir();
cpSync(join(packageRoot, 'implementations/native/port'), tree, { recursive: true });
const below = join(tree, 'fs/xfs');
mkdirSync(below, { recursive: true });

t.test('in a kernel tree, run checks that tree and says so in its last line', CC, async (t) => {
	for (const [cwd, address] of [
		[tree, 'native:.'],
		[below, 'native:../..'],
	] as const) {
		const { code, out } = await tool(['run', '1'], { cwd });
		t.equal(code, 0);
		t.match(out.trimEnd().split('\n').at(-1), `judged: ${address}, ${tree}/drivers/dax/super.c`);
	}
	t.match(await tool(['run', '1'], { cwd: packageRoot }), { out: /\njudged: reference, .*\n$/ });
});

t.test('a tree is given as a word, as -i PATH and as -i native:PATH', CC, async (t) => {
	for (const words of [[tree], ['-i', tree], ['-i', `native:${tree}`]])
		t.match(
			await tool(['run', 'DAXV-0020', ...words]),
			{ code: 0, out: `judged: native:${tree}, ` },
			words.join(' '),
		);
});

t.test('the command to type next works as pasted', CC, async (t) => {
	const { code, out } = await tool(['run', '39'], { cwd: tree });
	t.equal(code, 1);
	t.match(
		out,
		/^ {2}DAXV-0039: known in v7\.1, v7\.2, v7\.3 as well: fs_dax_get\(\) claims after/m,
	);
	const [, next = ''] = /who said so:\n {2}(.*)\n/.exec(out) ?? [];
	const shown = await shell(`cd ${tree} && ${next}`);
	t.match(shown, { code: 0, out: /^On native:\.$/m });
	t.match(shown.out, /^An interleaving: DAXV-0039\/fs_dax_get on native:\.: /m);
});

t.test('an address that cannot work is one error, and the others go on', async (t) => {
	const nowhere = await tool(['run', '-i', '/no/such/path']);
	t.match(nowhere, { code: 125, out: '' });
	t.match(nowhere.err, /^dax-vectors: native:\/no\/such\/path cannot be tested: .*kernel tree\n$/);
	const some = await tool(['run', 'DAXV-0020', '-i', '/no/such/path', '-i', 'reference']);
	t.match(some, { code: 125, out: /^1 passes[\s\S]*\ncannot be tested\n/m });
	const machine = await tool(['run', 'DAXV-0020', '-i', '/no/such/path', '-r', 'tap']);
	t.match(machine, { code: 125, out: /not ok 1 / }, 'reports for machines keep every vector');
	for (const command of [['replay', 'dv1.0014.fc9aaa66.AA'], ['show', '1'], ['hunt']])
		t.match(
			await toolHere([...command, '-i', '/no/such/path']),
			{ code: 125, err: /^dax-vectors: native:\/no\/such\/path cannot be tested: / },
			command.join(' '),
		);
});

t.test('short ids find their vector', async (t) => {
	for (const id of ['DAXV-20', 'daxv-0020', '0020', '20'])
		t.match(await toolHere(['list', id]), { code: 0, out: /^DAXV-0020 {2}/ }, id);
});

t.test('an open vector has a verdict with --open, and the message says so', async (t) => {
	t.match(await tool(['run', '14']), { code: 125, out: /so it is not scored; .*\n.* --open -i / });
	t.match(await tool(['run', '14', '--open']), { code: 1, out: /^does not conform: DAXV-0014$/m });
	t.match(await tool(['run', '14', '--open', '-i', 'reference:v6.0']), { code: 0 });
});

t.test('a reader that is gone leaves the exit code as it is', needs('bash'), async (t) => {
	for (const [line, code] of [
		['run 14 --open -r tap | head -n 1', 1],
		['run 14 --open | head -n 1', 1],
		["run -i 'reference:*' -r tap | head -n 1", 0],
	] as const)
		t.equal((await shell(`dax-vectors ${line} >/dev/null`)).code, code, line);
});

t.test('a file that cannot be used is an error without a stack', async (t) => {
	const file = join(t.testdir({ file: '' }), 'file');
	for (const line of [
		'try nofile.yaml',
		'run nofile.yaml',
		'show nofile.yaml',
		'cite nofile.yaml',
		'lint nofile.yaml',
		'report html nofile',
		'new --from nofile',
		`new claim --out ${file}/x`,
		`export --litmus 60 --folder ${file}/x`,
	]) {
		const { code, err } = await toolHere(line.split(' '));
		t.equal(code, 128, line);
		t.match(err, /^dax-vectors: \S+ ?.*cannot be (read|used)/, line);
		t.notMatch(err, /internal error|^ +at /m, line);
	}
});
