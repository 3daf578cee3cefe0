// SPDX-License-Identifier: MIT
/** The output of cite and show --commit, read by git and by the kernel's checkpatch.pl. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { exampleInterleaving, revisionResults } from '../../runner/authoring/revisions';
import { COMMIT_WIDTH, commitDiagram } from '../../runner/diagram/commit-diagram';
import { loadLibrary } from '../../runner/library/library';
import { sentence, trailers } from '../../runner/report/citation';
import { archived } from '../../runner/text/links';
import { wrap } from '../../runner/text/wrap';
import { library } from '../cases';
import { debianTree } from '../native/debian';
import { needs } from '../needs';
import { tool, toolHere } from '../tool';
import { copyOfPackage } from './copy';
import { commit, git, scratchTree } from './scratch';

const CHECKPATCH = needs('git', 'perl', 'kernel source');

const HOMEPAGE = 'https://example.org/dax';

t.test('prints the sentence and all trailers of a vector', async (t) => {
	const { code, out, err } = await toolHere(['cite', 'DAXV-0001', '--homepage', `${HOMEPAGE}/`]);
	t.equal(code, 0);
	t.equal(
		out,
		[
			'This is what test vector DAXV-0001 of dax-vectors states: "A claim that',
			'races with a release leaves the new holder with its operations".',
			'',
			'Fixes: 8012b8660855 ("dax: introduce holder for dax_device")',
			'Closes: https://lore.kernel.org/0100019e3d04daf8-f230e618-fb25-4188-b261-cd4fca4933db-000000@email.amazonses.com',
			'Link: https://example.org/dax/v/DAXV-0001',
			'',
		].join('\n'),
	);
	t.match(err, /^DAXV-0001 was fixed by 7a6db2eb6d5d: .* drop Fixes: and Closes:\n$/);
});

t.test('without a homepage, prints no Link: and a hint', async (t) => {
	const { code, out, err } = await toolHere(['cite', 'DAXV-0001']);
	t.equal(code, 0);
	t.notMatch(out, 'Link:');
	t.match(err, /no Link: the package has no homepage yet; give its address with --homepage URL/);
	const root = copyOfPackage();
	t.teardown(() => rmSync(root, { recursive: true, force: true }));
	const file = join(root, 'package.json');
	const data = JSON.parse(readFileSync(file, 'utf8'));
	writeFileSync(file, JSON.stringify({ ...data, homepage: HOMEPAGE }));
	const own = await tool(['cite', 'DAXV-0001'], { root });
	t.match(own.out, `Link: ${HOMEPAGE}/v/DAXV-0001\n`);
	t.notMatch(own.err, 'no Link');
});

t.test('rejects wrong arguments with exit code 129', async (t) => {
	const lines: [string[], RegExp][] = [
		[['cite'], /cite takes one id or file, or --range RANGE/],
		[['cite', 'DAXV-0001', 'DAXV-0002'], /cite takes one id or file, or --range RANGE/],
		[['cite', 'DAXV-9998'], /"DAXV-9998" matches no vector: see "dax-vectors list"/],
		...[
			'example.org',
			'ftp://x',
			'https://',
			'https://a b',
			'https://a/\nFixes: x',
			'https://a/?x',
		].map((url): [string[], RegExp] => [
			['cite', 'DAXV-0001', '--homepage', url],
			/--homepage takes an address such as/,
		]),
	];
	for (const [args, message] of lines)
		t.match(await tool(args), { code: 129, out: '', err: message }, args.join(' '));
});

t.test('cite refuses a retired vector, and show prints its tombstone', async (t) => {
	const root = copyOfPackage();
	t.teardown(() => rmSync(root, { recursive: true, force: true }));
	const file = join(root, 'vectors/claim/DAXV-0019.yaml');
	const [head] = readFileSync(file, 'utf8').split(/^status:/m);
	const retired = 'retired: {reason: it stated too much, replaced-by: DAXV-0001}';
	writeFileSync(file, `${head}status: retired\n${retired}\ntags: [claim]\n`);
	t.match(await tool(['cite', 'DAXV-0019'], { root }), {
		code: 129,
		err: /DAXV-0019 is retired, it stated too much: cite DAXV-0001/,
	});
	t.match(await tool(['show', 'DAXV-0019'], { root }), {
		code: 0,
		out: /retired;.*\n\n {2}it stated too much\n {2}Replaced by DAXV-0001\.\n$/,
	});
});

t.test('a URL of the archive has no spaces for any Message-ID', async (t) => {
	t.equal(archived('a/b?c#d%e+f=g@h'), 'https://lore.kernel.org/a%2Fb%3Fc%23d%25e+f=g@h');
});

t.test('git parses the trailers of every vector', needs('git'), async (t) => {
	for (const { vector } of await loadLibrary()) {
		if (vector.status === 'retired') continue;
		const lines = trailers(vector, HOMEPAGE);
		const message = `dax: an example\n\n${sentence(vector)}\n\n${lines.join('\n')}\n`;
		const parsed = spawnSync('git', ['interpret-trailers', '--parse'], {
			input: message,
			encoding: 'utf8',
		});
		t.equal(parsed.stdout, `${lines.join('\n')}\n`, vector.id);
	}
});

t.test(
	'checkpatch.pl accepts the citation and the diagram of every vector',
	CHECKPATCH,
	async (t) => {
		const cases = await library();
		const parts: string[] = [];
		const tags: string[] = [];
		for (const { vector } of await loadLibrary()) {
			if (vector.status === 'retired') continue;
			const own = cases.filter((test) => test.vector.id === vector.id);
			const { lanes } = await exampleInterleaving(own, await revisionResults(own));
			const diagram = commitDiagram(lanes);
			for (const line of diagram)
				if (!/^( {2}[ -~]*)?$/.test(line) || line.length > COMMIT_WIDTH || line.endsWith(' '))
					t.fail(`${vector.id}: ${line}`);
			parts.push(...wrap(sentence(vector), COMMIT_WIDTH), '', ...diagram, '');
			tags.push(...trailers(vector, HOMEPAGE));
		}
		t.ok(tags.length > 100);
		const folder = scratchTree();
		t.teardown(() => rmSync(folder, { recursive: true, force: true }));
		const file = join(folder, 'drivers/dax/super.c');
		writeFileSync(file, readFileSync(file, 'utf8').replace(/\s*$/, '\n\n/* An example. */\n'));
		git(folder, ['add', '-A']);
		const signed = 'Signed-off-by: Robin Example <robin@example.org>';
		commit(folder, `dax: an example\n\n${[...parts, ...tags, signed].join('\n')}\n`);

		const script = join(debianTree('6.12'), 'scripts/checkpatch.pl');
		const check = (patch: string) =>
			// The scratch tree lacks the commits of Fixes:.
			spawnSync(
				'perl',
				[script, '--no-tree', '--strict', '--show-types', '--ignore', 'UNKNOWN_COMMIT_ID', '-'],
				{
					cwd: '/',
					input: patch,
					encoding: 'utf8',
				},
			).stdout;
		const patch = git(folder, ['format-patch', '-1', '--stdout']);
		t.match(patch, 'Link: https://example.org/dax/v/DAXV-0001');
		t.match(check(patch), /^total: 0 errors, 0 warnings, 0 checks/m);
		const broken = patch
			.replace('Fixes: 8012b8660855 (', 'Fixes: 8012b86 (')
			.replace('Link: https', 'See: https');
		t.match(
			check(broken),
			/BAD_FIXES_TAG[\s\S]*COMMIT_LOG_USE_LINK/,
			'and reports broken trailers',
		);
	},
);
