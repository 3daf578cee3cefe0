// SPDX-License-Identifier: MIT
/**
 * From a report to a cited vector and back, with the commands of the guides, in a copy of the package and a scratch
 * tree.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { needs } from '../needs';
import { type Ended, tool } from '../tool';
import { copyOfPackage } from './copy';
import { commit, git, scratchTree } from './scratch';

const TREE = needs('git', 'cc', 'kernel source');

const guides = ['write-a-vector', 'cite'].map((name) =>
	readFileSync(join(packageRoot, `docs/${name}.md`), 'utf8'),
);
/** The commands of the guides, each as its words. */
const commands = [...guides.join('').matchAll(/^ +npx dax-vectors (.*)$/gm)].map(([, line = '']) =>
	line.replaceAll("'", '').split(' '),
);

/** The first command that begins and ends with these words. */
function commandOf(first: string, last: string): string[] {
	const found = commands.find((words) => words[0] === first && words.at(-1) === last);
	if (!found) throw new Error(`no guide has the command ${first} ... ${last}`);
	return found;
}

/** Placeholders of the draft, each with the value that an author fills in. */
const AUTHOR: readonly [RegExp, string][] = [
	[/^title: .*/m, 'title: A release that races with a claim leaves the new holder its operations'],
	[/^status: .*/m, 'status: open'],
	[/^tags: .*/m, 'tags: [claim, release, race]'],
	[/class: TODO.*/, 'class: lost-update'],
	[/effect: TODO.*/, 'effect: the new holder is never notified of memory failures'],
	[/^holders: .*/m, 'holders: {A: {}, B: {}}'],
	[/^device: .*/m, 'device: {alive: true, holder: A, ops: A}'],
	[
		/^threads: .*/m,
		`threads:
  umount: [{call: fs_put_dax, holder: A}]
  mount: [{call: fs_dax_get_by_bdev, holder: B, ops: B, as: got}]`,
	],
	[
		/^outcomes: .*/m,
		`outcomes:
  claimed: {results: {got: ok}, device: {holder: B, ops: B}, must: occur}
  busy: {results: {got: null}, device: {holder: null, ops: null}, must: occur}`,
	],
];

t.test(
	'the commands of the guides turn a report into a vector, a citation and a run',
	TREE,
	async (t) => {
		const root = copyOfPackage();
		const tree = scratchTree();
		t.teardown(() => {
			for (const folder of [root, tree]) rmSync(folder, { recursive: true, force: true });
		});
		cpSync(join(packageRoot, 'test/fixtures/mails/busy-claim.mbox'), join(root, 'report.mbox'));
		const begin = commandOf('new', 'report.mbox');
		const lint = commandOf('lint', 'vectors/TOPIC/DAXV-NNNN.yaml');
		const run = commandOf('run', 'reference:*');
		const record = commandOf('lint', '--record');
		const show = commandOf('show', '--commit');
		const cite = commandOf('cite', 'DAXV-0001').with(1, 'DAXV-NNNN');
		const list = commandOf('cite', 'linux');
		const check = commandOf('cite', '--run');
		let file = '';
		/** Runs a command of a guide with this draft in place of its capital words. */
		const readme = (words: readonly string[] = [], ...more: string[]): Promise<Ended> => {
			const [, topic = '', id = ''] = /^vectors\/(\w+)\/(DAXV-\d+)\.yaml/.exec(file) ?? [];
			const named = words.map((word) =>
				word
					.replace('DAXV-NNNN', () => id)
					.replace('TOPIC', () => topic)
					.replace(/^linux$/, tree)
					.replace('v7.0', 'base'),
			);
			return tool([...named, ...more], { root });
		};

		const begun = await readme(begin);
		t.match(begun, { code: 0, err: '' });
		[file] = begun.out.split('\n') as [string];
		t.match(file, /^vectors\/claim\/DAXV-\d{4}\.yaml$/);
		const path = join(root, file);
		let draft = readFileSync(path, 'utf8');
		t.match(draft, 'message-id: 20260520080000.1-1-robin@example.org');
		for (const [placeholder, value] of AUTHOR) {
			t.match(draft, placeholder);
			draft = draft.replace(placeholder, () => value);
			t.match(
				await readme(lint),
				{ code: 1, err: /E_BLANK/ },
				'refused until the last is filled in',
			);
			writeFileSync(path, draft);
		}
		t.match(await readme(lint), { code: 0, out: '1 file without fault\n' });
		const [id = ''] = /DAXV-\d{4}/.exec(file) ?? [];
		t.match((await readme(run)).out, new RegExp(`^${id}( \\(fail\\)){4}( \\(\\.\\) *){4}`, 'm'));
		t.match(await readme(record), { code: 0, out: `${id} recorded\n` });

		const diagram = await readme(show);
		t.match(diagram, { code: 0, err: '', out: / {2}holder_ops B -> NULL \(plain\)/ });
		const block = await readme(cite, '--homepage', 'https://example.org/dax');
		t.match(block, { code: 0, err: `${id} is open: upstream has not settled what must hold\n` });
		commit(tree, `dax: an example\n\n${diagram.out}\n${block.out}`);
		t.equal(
			git(tree, ['log', '-1', '--format=%(trailers)']).trim(),
			[
				'Fixes: 8012b8660855 ("dax: introduce holder for dax_device")',
				'Closes: https://lore.kernel.org/20260520080000.1-1-robin@example.org',
				`Link: https://example.org/dax/v/${id}`,
			].join('\n'),
		);
		t.match(await readme(list), {
			code: 0,
			out: new RegExp(`\\n  ${id}  A release that .*\\n    https://example.org/dax/v/${id}\n$`),
		});
		// Debian's 6.12 has the race; an open vector says so and is never scored.
		const found = await readme(check);
		t.match(found, { code: 125, out: /holder_ops B -> NULL \(plain\) {2}:119/ });
	},
);
