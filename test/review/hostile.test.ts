// SPDX-License-Identifier: MIT
/** Hostile mails read and write nothing outside of the scratch folder, and no control character reaches the terminal. */
import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { type Base, openBase } from '../../runner/review/base';
import { PatchError, Scratch } from '../../runner/review/scratch';
import { HOSTILE } from '../hostile';
import { fileNeeds } from '../needs';
import { tool } from '../tool';
import { comment, git, History, temporary } from './history';
import { mbox } from './mangle';

fileNeeds(t, __filename, 'git', 'cc', 'kernel source');

const history = new History();
const { folder } = history;
const base = git(folder, 'rev-parse', 'HEAD').trim();
history.change({ subject: 'dax: a comment', edits: [comment('harmless')] });
const [path = ''] = history.formatPatch(base, `--base=${base}`);
const mail = readFileSync(path, 'utf8');
const harmless = mail.slice(mail.indexOf('diff --git'));
git(folder, 'checkout', '-q', '--detach', base);

const tree: Base = openBase(folder, base);
const witness = temporary('witness');

/** Applies patches one after the other in a new scratch folder below a folder of its own. */
function applied(...patches: string[]) {
	const parent = temporary('parent');
	const scratch = new Scratch(parent);
	t.teardown(() => scratch.close());
	const first = scratch.begin(tree);
	const results = patches.map((patch) => scratch.apply(Buffer.from(patch), tree));
	return { parent, scratch, first, results };
}

const create = (name: string, text = 'x', mode = '100644'): string =>
	[
		`diff --git a/${name} b/${name}`,
		`new file mode ${mode}`,
		'--- /dev/null',
		`+++ b/${name}`,
		'@@ -0,0 +1 @@',
		`+${text}`,
		...(mode === '120000' ? ['\\ No newline at end of file'] : []),
		'',
	].join('\n');

t.test('paths that lead out of the tree are not written', async (t) => {
	for (const name of [
		'../../evil.h',
		'drivers/dax/../../../../evil.h',
		'drivers/dax/../../../evil.h',
		`${witness}/evil.h`,
		'/evil.h',
		'.git/config',
		'drivers/dax/.git/config',
	]) {
		let outcome = '';
		let parent = '';
		try {
			const { results, first, parent: used } = applied(create(name));
			parent = used;
			outcome = results[0]?.content === first ? 'not applied' : 'applied';
		} catch (error) {
			t.ok(error instanceof PatchError, String(error));
			outcome = 'refused';
		}
		t.not(outcome, 'applied', name);
		t.notOk(existsSync(join(witness, 'evil.h')));
		t.notOk(parent !== '' && existsSync(join(parent, 'evil.h')));
		t.notOk(existsSync('/evil.h'));
	}
});

t.test('symbolic links are refused, and not followed', async (t) => {
	const secret = join(witness, 'secret.h');
	writeFileSync(secret, 'secret\n');
	const link = create('drivers/dax/evil.h', secret, '120000');
	t.throws(() => applied(link), { message: /makes drivers\/dax\/evil\.h a symbolic link/ });
	const outer = create('drivers/dax/evil', witness, '120000');
	t.throws(() => applied(outer), { message: /makes drivers\/dax\/evil a symbolic link/ });
	const through = create('drivers/dax/evil', witness, '120000') + create('drivers/dax/evil/new.h');
	t.throws(() => applied(through), { message: /beyond a symbolic link|symbolic link/ });
	t.notOk(existsSync(join(witness, 'new.h')));
});

t.test(
	'symbolic links of a tree are not followed, and those that lead out of a folder are refused',
	async (t) => {
		const linked = new History();
		mkdirSync(join(linked.folder, 'drivers/dax/real'));
		writeFileSync(join(witness, 'outside.h'), '#define SECRET 1\n');
		symlinkSync(join(witness, 'outside.h'), join(linked.folder, 'drivers/dax/outside.h'));
		git(linked.folder, 'add', '-A');
		git(linked.folder, 'commit', '-q', '-m', 'a link');
		t.notOk(openBase(linked.folder, 'HEAD').files.has('drivers/dax/outside.h'));
		rmSync(join(linked.folder, '.git'), { recursive: true });
		t.throws(() => openBase(linked.folder), {
			message: /outside\.h leads out of .* as a symbolic link/,
		});
		rmSync(join(linked.folder, 'drivers/dax/outside.h'));
		t.doesNotThrow(() => openBase(linked.folder));
		renameSync(join(linked.folder, 'drivers'), join(witness, 'drivers'));
		symlinkSync(join(witness, 'drivers'), join(linked.folder, 'drivers'));
		t.throws(() => openBase(linked.folder), { message: /drivers\/dax leads out of/ });
	},
);

t.test('binary patches change nothing that is compiled', async (t) => {
	const binary = (name: string, text: string): string => {
		const other = new History();
		const start = git(other.folder, 'rev-parse', 'HEAD').trim();
		other.change({ subject: 'binary', files: { [name]: text } });
		const [file = ''] = other.formatPatch(start, '--binary');
		const patch = readFileSync(file, 'utf8');
		return patch.slice(patch.indexOf('diff --git'));
	};
	const { results, first } = applied(binary('drivers/dax/logo.bin', '\0\u0001\u0002'));
	t.equal(results[0]?.content, first);
	t.throws(() => applied(binary('drivers/dax/super.c', 'int x;\0')), {
		message: /makes drivers\/dax\/super\.c a binary file/,
	});
	const differ =
		'diff --git a/drivers/dax/super.c b/drivers/dax/super.c\nindex 1..2 100644\nBinary files a/drivers/dax/super.c and b/drivers/dax/super.c differ\n';
	t.throws(() => applied(differ), { message: /binary file|git says/ });
});

const rename = (from: string, to: string): string =>
	`diff --git a/${from} b/${to}\nsimilarity index 100%\nrename from ${from}\nrename to ${to}\n`;

t.test('renames are followed within the tree, and refused where they lose super.c', async (t) => {
	const { results, first } = applied(rename('drivers/dax/device.c', 'drivers/dax/char.c'));
	t.equal(results[0]?.content, first, 'neither file is compiled');
	const header = applied(rename('drivers/dax/bus.h', 'drivers/dax/bus2.h')).results[0]?.content;
	t.ok(header?.files.has('drivers/dax/bus2.h'));
	t.notOk(header?.files.has('drivers/dax/bus.h'));
	const brought = applied(rename('fs/dax.c', 'drivers/dax/fs.h')).results[0]?.content;
	t.equal(brought?.files.get('drivers/dax/fs.h')?.toString(), 'int unrelated;\n');
	t.throws(() => applied(rename('drivers/dax/super.c', 'drivers/dax/core.c')), {
		message: 'the patch removes drivers/dax/super.c',
	});
	t.throws(() => applied(rename('drivers/dax/super.c', 'mm/dax.c')), {
		message: /moves drivers\/dax\/super\.c to mm\/dax\.c/,
	});
	t.throws(() => applied(rename('../../etc/passwd', 'drivers/dax/x.h')), {
		message: /^git says: /,
	});
});

t.test('refuses text that is not a patch, with the message of git', async (t) => {
	t.throws(
		() =>
			applied(
				'diff --git a/drivers/dax/super.c b/drivers/dax/super.c\n--- a\n+++ b\n@@ -1 +1 @@\nx\n',
			),
		{
			message: /git cannot read the patch: error: /,
		},
	);
	const empty = applied('');
	t.equal(empty.results[0]?.content, empty.first);
});

t.test(
	'patches of many megabytes are counted where they are not compiled, and refused where they are',
	async (t) => {
		const lines = 1 << 20;
		const large = (name: string) =>
			`${create(name).split('@@')[0]}@@ -0,0 +1,${lines} @@\n${`+${'x'.repeat(49)}\n`.repeat(lines)}`;
		const { results, first } = applied(large('fs/large.c') + harmless);
		t.not(results[0]?.content, first, 'the small part is applied');
		t.match(results[0]?.outside, [{ path: 'fs/large.c', lines }]);
		t.throws(() => applied(large('drivers/dax/large.h')), {
			message: /large\.h has \d+ bytes, more than/,
		});
	},
);

t.test('mails of more than 64 MB are refused, gzipped or not', async (t) => {
	const saved = join(temporary('large'), 'thread.mbox');
	const many = Buffer.concat([Buffer.from(mbox([mail])), Buffer.alloc(65 << 20, 'x\n')]);
	for (const bytes of [many, gzipSync(many)]) {
		writeFileSync(saved, bytes);
		const { code, err } = await tool(['review', saved, '-C', folder]);
		t.equal(code, 128);
		t.match(err, /more than 64 MB: save the thread of the series only/);
	}
});

t.test('text for terminals does not reach them', async (t) => {
	const colour = HOSTILE['colours and clears a terminal'];
	const link = HOSTILE['is a link of a terminal'];
	const text = mail
		.replace(/^Subject: .*/m, `Subject: [PATCH] ${colour} ::error::x ${link}`)
		.replace(/^From: .*/m, `From: ${colour} <a@b.cd>`)
		.replace('/* harmless */', '/* \u001b]0;injected\u0007 ##[error] */')
		.replace(/^diff --git/m, `${create('fs/\u001b[2J.c')}diff --git`);
	const saved = join(temporary('text'), 'mail.eml');
	writeFileSync(saved, text);
	for (const more of [[], ['--reply'], ['--reporter', 'json'], ['--base', 'HEAD^']]) {
		const { out, err } = await tool(['review', saved, '-C', folder, 'DAXV-0020', ...more]);
		// Tab and line feed are the only control characters.
		t.notMatch(out + err, /(?![\t\n])[\p{Cc}\p{Cf}]/u, more.join(' '));
		t.notMatch(out + err, /^::error|##\[/m);
	}
});

t.test('a header outside of the tree is not among the files that are judged', async (t) => {
	const { results } = applied(create('include/linux/evil.h'), create('include/linux/dax.h.orig'));
	for (const { content, outside } of results) {
		t.equal(outside.length, 1);
		t.same([...content.files.keys()].sort(), [
			'drivers/dax/bus.h',
			'drivers/dax/dax-private.h',
			'drivers/dax/super.c',
			'include/linux/dax.h',
			'include/linux/kconfig.h',
		]);
	}
});
