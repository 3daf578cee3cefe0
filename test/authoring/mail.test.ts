// SPDX-License-Identifier: MIT
/** Mails as lore.kernel.org serves them, broken mails and hostile mails. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { draft } from '../../runner/authoring/draft';
import { callsOf, type Findings } from '../../runner/authoring/findings';
import { type Mail, MBOX_LIMIT, readMail, splitMbox } from '../../runner/authoring/mail';
import { findingsOfMail, NAMES_NO_CALL, proposedMail } from '../../runner/authoring/mail-findings';
import { InvalidFile } from '../../runner/library/diagnostic';
import { parseVector } from '../../runner/library/load';
import { YamlSource } from '../../runner/library/yaml-source';
import { packageRoot } from '../../runner/text/package-root';
import { UNSEEN } from '../../runner/text/printable';
import fc from '../fast-check';

const PLACE = { file: 'vectors/claim/DAXV-9999.yaml', schema: '../../schema/vector.schema.json' };

const thread = readFileSync(join(packageRoot, 'test/fixtures/mails/thread.mbox'));

async function mailsOf(bytes: Buffer): Promise<Mail[]> {
	return Promise.all(splitMbox('x', bytes).map((message) => readMail('x', message)));
}

/** The cover letter, the patch and the reply of the thread. */
const mailsOfThread = async () => (await mailsOf(thread)) as [Mail, Mail, Mail];

/** A mail with other headers or another body. */
function mail(headers: Readonly<Record<string, string>>, body = 'Hello.\n'): Buffer {
	const all = {
		'Message-ID': '<a@example.org>',
		From: 'Robin Example <robin@example.org>',
		Subject: 'dax: an example',
		Date: 'Mon, 18 May 2026 11:00:00 +0200',
		...headers,
	};
	const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
	return Buffer.from(`${lines.join('\n')}\n\n${body}`);
}

async function findingsIn(bytes: Buffer): Promise<Findings> {
	const [first] = (await mailsOf(bytes)) as [Mail];
	return findingsOfMail(first);
}

/** The draft as data. Throws when it is invalid YAML. */
function dataOf(findings: Findings): Record<string, unknown> & { bug: { links: object[] } } {
	const text = draft('DAXV-9999', PLACE, findings);
	return YamlSource.parse('DAXV-9999.yaml', Buffer.from(text)).data as never;
}

t.test('reads every mail of a thread in an mbox', async (t) => {
	const mails = await mailsOfThread();
	const [cover, patch, reply] = mails;
	t.same(
		mails.map(({ messageId, date, by }) => [messageId, date, by]),
		[
			['20260518090000.100-1-robin@example.org', '2026-05-18', 'Robin Example'],
			['20260518090000.100-2-robin@example.org', '2026-05-18', 'Jörg Beispiel'],
			['reply-1@example.org', '2026-05-19', undefined],
		],
	);
	t.equal(cover.subject, '[PATCH V2 0/2] dax: two fixes for holders', 'a folded header');
	t.match(cover.text, /^From the first posting/m, 'mboxrd is undone');
	t.match(cover.text, 'café');
	t.match(patch.text, 'somebody else holds the device. Jörg saw it', 'quoted-printable');
	t.match(reply.text, '> It has been like this', 'base64');
	t.equal(reply.attached.length, 1);
	t.same(await mailsOf(gzipSync(thread)), mails, 'gzipped');
	const crlf = Buffer.from(thread.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
	t.same(
		(await mailsOf(crlf)).map((each) => findingsOfMail(each)),
		mails.map((each) => findingsOfMail(each)),
		'with CRLF',
	);
});

t.test('finds links, calls and people in a patch and in a reply', async (t) => {
	const [cover, patch, reply] = await mailsOfThread();
	const found = findingsOfMail(patch, [cover, reply]);
	t.equal(found.title, 'dax: release the reference of a busy claim');
	t.same(found.places, [['fs_dax_get_by_bdev'], ['put_dax']]);
	t.same(found.links, [
		{ role: 'report', messageId: '20260518090000.100-2-robin@example.org', by: 'Jörg Beispiel' },
		{ role: 'report', messageId: '20260501.report@example.org', by: 'Maria Muster' },
		{ role: 'discussion', messageId: 'discussion+more@example.org' },
		{
			role: 'introduced-by',
			commit: '8012b8660855',
			subject: 'dax: introduce holder for dax_device',
		},
		{ commit: '1234567' },
		{ commit: 'fa422b353d212373fb2b2857a5ea5a6fa4876f9c' },
		{ role: 'discussion', messageId: '20260518090000.100-1-robin@example.org' },
	]);
	for (const line of [
		'date: 2026-05-18',
		'reported by: Maria Muster',
		'functions changed: fs_dax_get_by_bdev',
		'see also: https://bugs.example.org/42',
		'in the same thread:',
		'  2026-05-19  (no name)  Re: [PATCH V2 1/2] dax: release the reference of a busy claim',
		'    <reply-1@example.org>',
	])
		t.ok(found.about.includes(line), line);
	t.ok(found.said.includes('        CPU 0                           CPU 1'), 'a diagram');
	t.notMatch(found.said.join('\n'), /Signed-off-by|only a note|example\(\)/);

	const answer = findingsOfMail(reply);
	const { links } = answer;
	t.same(callsOf(answer), ['kill_dax'], 'of an attached patch');
	t.match(links, [{ by: undefined }, { commit: '8012b8660855' }], 'a commit that is quoted');
});

const fixtureMails = (name: string) =>
	mailsOf(readFileSync(join(packageRoot, 'test/fixtures/mails', name)));

t.test('a reply keeps its own words and the quoted lines that they answer', async (t) => {
	const [cover, patch, reply, taken] = (await fixtureMails('review.mbox')) as [
		Mail,
		Mail,
		Mail,
		Mail,
	];
	const others = [cover, patch, taken];
	const found = findingsOfMail(reply, others);
	t.same(found.said, [
		'> [...]',
		'> -         cmpxchg(&dax_dev->holder_data, holder, NULL) == holder)',
		'> -             dax_dev->holder_ops = NULL;',
		'> +     if (dax_dev && holder && dax_dev->holder_data == holder) {',
		'> +             dax_dev->holder_ops = NULL; /* before kill_dax() can see it */',
		'',
		'The one that releases twice passes this test as well: two threads see',
		'the same holder, and the slower one clears what the next has stored.',
	]);
	t.same(callsOf(found), ['fs_put_dax'], 'the function of the hunk that is answered, no comment');
	t.match(found.links, [
		{ role: 'report', messageId: 'review-1@example.org', by: 'Muster, Maria' },
		{ role: 'introduced-by', subject: 'dax: introduce holder for dax_device' },
		{ role: 'report', messageId: '20260601.report@example.org' },
		{ role: 'discussion', messageId: patch.messageId },
	]);
	t.ok(found.about.includes(`answers the patch <${patch.messageId}>`), 'an id of any length');
	t.ok(found.about.includes('  functions changed there: fs_put_dax'));
	t.match(findingsOfMail(reply).links.at(-1), { role: 'discussion', messageId: patch.messageId });
});

t.test('a long review and a long report keep every own word', async (t) => {
	const quote = (count: number) =>
		Array.from({ length: count }, (_, n) => `> quoted ${n}\n`).join('');
	const review = `On Monday, A <a@b.org> wrote:\n${quote(90)}\nFirst finding.\n\n${quote(90)}\nkill_dax() is the second finding.\n\n${quote(40)}`;
	const { said } = await findingsIn(mail({ Subject: 'Re: [PATCH] dax: x' }, review));
	t.same(
		said.filter((line) => !line.startsWith('>') && line !== ''),
		['First finding.', 'kill_dax() is the second finding.'],
	);
	t.equal(said.filter((line) => line.startsWith('>')).length, 10, 'four lines each, and two marks');
	t.notMatch(said.join('\n'), /wrote:|quoted 39/);
	const report = Array.from({ length: 150 }, (_, n) => `Line ${n}.`).join('\n');
	t.match((await findingsIn(mail({}, report))).said, { length: 150, 149: 'Line 149.' });
});

t.test('attributions, forwarded mails and signatures are not own words', async (t) => {
	for (const attribution of [
		'On Mon, 18 May 2026 at 11:00, Robin Example <robin@example.org> wrote:',
		'On Monday,\nRobin Example with a long name\n<robin@example.org> wrote:',
		'Am 18.05.26 um 11:00 schrieb Robin Example:',
		'* Robin Example <robin@example.org> [260518 11:00]:',
	])
		t.same(
			(
				await findingsIn(
					mail({ Subject: 'Re: x' }, `${attribution}\n> fs_put_dax() races\n\nYes.\n-- \nMaria\n`),
				)
			).said,
			['> fs_put_dax() races', '', 'Yes.'],
			attribution,
		);
	const top = 'kill_dax() hangs.\n\n-----Original Message-----\nFrom: Robin\nput_dax()\n';
	const found = await findingsIn(mail({ Subject: 'RE: x' }, top));
	t.same([found.said, callsOf(found)], [['kill_dax() hangs.'], ['kill_dax']]);
});

t.test('a mail that names no call as changed or broken says so and guesses no role', async (t) => {
	const [, , , taken] = (await fixtureMails('review.mbox')) as [Mail, Mail, Mail, Mail];
	const [, cleanup] = (await fixtureMails('robot.mbox')) as [Mail, Mail];
	const thanks = await readMail(
		'x',
		mail(
			{ Subject: 'Re: [PATCH] dax: fix fs_put_dax()' },
			'> drivers/dax/super.c | 2 +-\n\nThanks!\n',
		),
	);
	for (const each of [taken, cleanup, thanks]) {
		const found = findingsOfMail(each);
		t.same(found.places, [], each.subject);
		t.ok(found.about.includes(NAMES_NO_CALL));
		t.equal(found.links[0]?.role, undefined);
		t.match(dataOf(found).bug, { evidence: /^TODO/, links: [{ role: /^TODO report, rule or/ }] });
	}
	t.ok(findingsOfMail(cleanup).about.includes('functions changed: example_init'));
	for (const titles of [
		'Robin Example (2):\n  dax: fix put_dax()\n  dax: fix kill_dax()\n\n x.c | 2 +-\n',
		'Here is the summary with links:\n  - [v2,1/2] dax: fix put_dax()\n    https://example.org/c/1\n',
		'[1/2] dax: fix put_dax()\n',
	])
		t.same((await findingsIn(mail({}, titles))).places, [], 'titles of other patches');
});

t.test('the calls of a patch are those that it changes', async (t) => {
	const [, patch] = (await fixtureMails('review.mbox')) as [Mail, Mail];
	const found = findingsOfMail(patch);
	t.same(found.places, [['fs_put_dax'], ['fs_put_dax']], 'no hunk header, context or comment');
	t.ok(found.about.includes('functions changed: fs_put_dax'));
	const body = (hunk: string) =>
		`Words.\n\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1,9 +1,9 @@ ${hunk}`;
	for (const [hunk, places] of [
		['void kill_dax(struct dax_device *one)\n \tfoo();\n+\tbar();\n', [['kill_dax']]],
		['EXPORT_SYMBOL_GPL(put_dax);\n \n+#include <x.h>\n', []],
		['out:\n \tput_dax(one);\n-\treturn 0;\n', []],
		['void kill_dax(void)\n }\n \n+/* run_dax() */\n+int one;\n', []],
		['void a(void)\n \tput_dax(x);\n+\tkill_dax(x);\n \tput_dax(y);\n', [['kill_dax']]],
		[
			'void a(void)\n }\n+void run_dax(struct dax_device *one)\n+{\n+}\n',
			[['run_dax'], ['run_dax']],
		],
	] as const)
		t.same((await findingsIn(mail({}, body(hunk)))).places, places, hunk);
	const macro = body('void kill_dax(void)\n }\n \n MODULE_PARM_DESC(x,\n+\t"words");\n');
	t.notMatch((await findingsIn(mail({}, macro))).about.join('\n'), 'functions changed');
	const text = `fs_put_dax() in a text.\n\ndiff --git a/doc.rst b/doc.rst\n--- a/doc.rst\n+++ b/doc.rst\n@@ -1 +1 @@\n-fs_put_dax()\n+put_dax()\n`;
	t.same((await findingsIn(mail({}, text))).places, [], 'not code');
});

t.test('a report by a robot: splat, commit, patch and its own tags', async (t) => {
	const [report] = (await fixtureMails('robot.mbox')) as [Mail, Mail];
	const found = findingsOfMail(report);
	t.same(found.places[0], ['fs_put_dax']);
	for (const line of [
		'in: fs_put_dax()',
		'at: drivers/dax/super.c:144',
		'task: umount',
		'kernel: 6.19.0-rc1-00007-g6f5e4d3c2b1a',
	])
		t.ok(found.about.includes(line), line);
	t.match(
		found.about.join(' '),
		/call trace: fs_put_dax \(drivers\/dax\/super\.c:144\) < xfs_free_buftarg/,
	);
	t.same(found.links, [
		{ role: 'report', messageId: report.messageId, by: 'a test robot' },
		{ role: 'discussion', messageId: '20260608090000.77-2-robin@example.org' },
		{
			commit: '6f5e4d3c2b1a6f5e4d3c2b1a6f5e4d3c2b1a0000',
			subject: 'dax: hold (and name) the device',
		},
	]);
	t.match(found.said.at(-1), /^The machine is free/);
	t.notMatch(found.said.join('\n'), /===|deactivate_locked_super/);
});

t.test('commits keep the role that the text gives them', async (t) => {
	const links = async (body: string) => (await findingsIn(mail({}, body))).links.slice(1);
	const hash = '8012b8660855';
	const role = 'introduced-by';
	for (const [body, expected] of [
		[`${hash} is the first bad commit\n`, [{ role, commit: hash }]],
		[`# first bad commit: [${hash}] dax: x\n`, [{ role, commit: hash, subject: 'dax: x' }]],
		[`#regzbot introduced: ${hash}\n`, [{ role, commit: hash }]],
		[`#regzbot introduced: ${hash}..111111111111\n`, []],
		[`HEAD commit:    ${hash} Merge tag\n`, []],
		[`commit: ${hash} ("dax: x")\n`, [{ commit: hash, subject: 'dax: x' }]],
		[`> commit ${hash} ("dax: x\n> y")\n\nYes.\n`, [{ commit: hash, subject: 'dax: x y' }]],
		[
			`commit ${hash}\nAuthor: A <a@b.org>\nDate:   Mon\n\n    dax: x\n`,
			[{ commit: hash, subject: 'dax: x' }],
		],
		[
			`commit ${hash} ("dax: x")\n${hash} is the first bad commit`,
			[{ role, commit: hash, subject: 'dax: x' }],
		],
		[`> Fixes: ${hash} ("dax: x")\n\nYes.\n`, [{ role, commit: hash, subject: 'dax: x' }]],
	] as const)
		t.same(await links(body), expected, body);
});

t.test('of a thread, the first mail that reports or fixes something is proposed', async (t) => {
	const [cover, patch, reply, taken] = (await fixtureMails('review.mbox')) as [
		Mail,
		Mail,
		Mail,
		Mail,
	];
	const id = (mails: readonly Mail[]) => proposedMail(mails)?.messageId;
	t.equal(id([cover, patch, reply, taken]), patch.messageId);
	t.equal(id([taken, cover, reply]), reply.messageId);
	t.equal(id([cover, taken]), cover.messageId, 'its own words name a call');
	t.equal(id([taken]), taken.messageId);
});

t.test('the draft is a valid vector once its placeholders are filled in', async (t) => {
	const [, patch] = await mailsOfThread();
	const text = draft('DAXV-9999', PLACE, findingsOfMail(patch));
	const fill: readonly [RegExp, string][] = [
		[/"TODO normative.*"/, 'open'],
		[/\[TODO .*\]/, '[claim]'],
		[/class: TODO .*/, 'class: reference-leak'],
		[/TODO introduced-by.*/g, 'introduced-by'],
		[/TODO 12 digits or more of 1234567/, '123456789abc'],
		[/TODO subject .*/g, "'dax: an example'"],
		[/holders: .*/, 'holders: {A: {}, B: {}}'],
		[/device: TODO.*/, 'device: {alive: true, holder: A, ops: A}'],
		[/threads: TODO.*/, 'threads: {claim: [{call: fs_dax_get, holder: B, ops: B, as: got}]}'],
		[/outcomes: TODO.*/, 'outcomes: {busy: {results: {got: -EBUSY}, device: {refs: 0}}}'],
	];
	let filled = text;
	for (const [pattern, value] of fill) {
		t.throws(() => parseVector('DAXV-9999.yaml', Buffer.from(filled)), /E_BLANK/);
		t.match(filled, pattern);
		filled = filled.replace(pattern, value);
	}
	t.throws(
		() => parseVector('DAXV-9999.yaml', Buffer.from(filled)),
		/bug\/effect is still a placeholder/,
	);
	filled = filled.replace(/TODO what a user.*/, 'the inode is never freed');
	t.equal(parseVector('DAXV-9999.yaml', Buffer.from(filled)).vector.id, 'DAXV-9999');
});

t.test('a single mail is neither split nor unquoted', async (t) => {
	const body = 'One.\n\nFrom a line of its own Thu Jan  1 00:00:00 1970\n>From here.\n';
	const [only, ...others] = splitMbox('x', mail({}, body));
	t.same(others, []);
	t.match((await readMail('x', only!)).text, body);
});

t.test(
	'the author of a patch that another person sends is the one in its first line',
	async (t) => {
		const { links, said } = await findingsIn(
			mail({}, 'From: "Jö Muster" <jo@example.org>\n\nkill_dax() hangs.\n'),
		);
		t.match([links[0], said], [{ by: 'Jö Muster' }, ['kill_dax() hangs.']]);
		const own = await findingsIn(mail({}, 'From: here on, kill_dax() hangs.\n'));
		t.match(
			[own.links[0], own.said],
			[{ by: 'Robin Example' }, ['From: here on, kill_dax() hangs.']],
		);
	},
);

t.test('a subject that does not fit becomes a placeholder', async (t) => {
	for (const subject of ['dax', '', `dax: ${'x'.repeat(100)}`, '[PATCH] Re: [RFC] short']) {
		const found = await findingsIn(mail({ Subject: subject }));
		t.equal(found.title, undefined, subject);
		t.match(dataOf(found).title, /^TODO /);
	}
	t.equal(
		(await findingsIn(mail({ Subject: 'Re: [PATCH] AW: [x] dax: ten chars' }))).title,
		'dax: ten chars',
	);
});

t.test('marks an unreadable date and a missing name', async (t) => {
	const found = await findingsIn(
		mail({ Date: 'soon', From: 'robin@example.org' }, 'kill_dax() hangs.\n'),
	);
	t.ok(found.about.includes('date: not readable'));
	t.ok(found.about.includes('from: no name, only an address'));
	t.match(dataOf(found).bug.links, [{ by: /^TODO / }]);
});

t.test('refuses files that are not mails, cut mails and mails without an id', async (t) => {
	const multipart = { 'Content-Type': 'multipart/mixed; boundary="b"' };
	const refused: [string, Buffer, RegExp][] = [
		['nothing', Buffer.from(''), /E_MAIL: the mail is empty/],
		['prose', Buffer.from('Dear list,\n\nit broke.\n'), /E_MAIL: line 1 is not a header/],
		['a web page', Buffer.from('<!DOCTYPE html>\n<html>\n'), /E_MAIL: a web page/],
		['bytes', Buffer.from([0, 1, 2, 255, 10, 10]), /E_MAIL: line 1 is not a header/],
		['half a header', Buffer.from('Message-ID: <a@b>\nSubj'), /E_MAIL: line 2 is not a header/],
		[
			'an empty mbox',
			Buffer.from('From x Thu Jan  1 00:00:00 1970\n'),
			/E_MAIL: the mail is empty/,
		],
		['a cut archive', gzipSync(thread).subarray(0, 400), /E_MAIL: it is cut off/],
		['no Message-ID', Buffer.from('From: a@b\nSubject: x\n\nx\n'), /E_MAIL_HEADER: no Message-ID/],
		['an id without @', mail({ 'Message-ID': '<none>' }), /E_MAIL_HEADER: malformed Message-ID/],
		['an id with a space', mail({ 'Message-ID': '<a b@c>' }), /E_MAIL_HEADER: malformed/],
		['two ids', mail({ 'message-id': '<b@example.org>' }), /E_MAIL_HEADER: 2 Message-IDs/],
		['no sender', mail({ From: '' }), /E_MAIL_HEADER: no From/],
		['a part without end', mail(multipart, '--b\n\nx\n'), /E_MAIL_MIME: .*is cut off/],
		[
			'endless parts',
			mail(
				{ 'Content-Type': 'multipart/mixed; boundary=b0' },
				`${Array.from(
					{ length: 400 },
					(_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`,
				).join('')}\n--b0--\n`,
			),
			/E_MAIL_MIME: Maximum/,
		],
		['too much', Buffer.alloc(MBOX_LIMIT + 1, 'x'), /E_SIZE: /],
		['too much, packed', gzipSync(Buffer.alloc(MBOX_LIMIT + 1)), /E_SIZE: it unpacks to more/],
	];
	for (const [name, bytes, message] of refused)
		await t.rejects(mailsOf(bytes), { constructor: InvalidFile, message }, name);
});

t.test('hostile mails become comments and scalars only', async (t) => {
	const hostile: [string, Buffer][] = [
		['a path', mail({ Subject: '../../../../etc/passwd' })],
		['keys', mail({ Subject: '=?utf-8?q?x=0Aid=3A_DAXV-0001=0Astatus=3A_normative?=' })],
		['a directive', mail({}, '%YAML 1.1\n---\nid: DAXV-0001\n...\n')],
		['an anchor', mail({ Subject: '&a [*a, *a] !!js/function {x: y} # no' })],
		['quotes', mail({ Subject: '\'";\\"\': {a: b}, [c]' })],
		['escapes', mail({ Subject: '=?utf-8?q?=1B]0;owned=07=1B[2J_dax=0D_x?=' }, '\u001b[31mred\n')],
		['turned text', mail({ From: '"\u202eevil\u2028x: y" <a@b.org>' }, 'a\u2029b: c\u0085d: e\n')],
		[
			'a long word',
			mail({}, `Oops: 1\n${'a'.repeat(1 << 17)}\n> ${'b '.repeat(1 << 16)}\n\nYes.\n`),
		],
		[
			'a long line of a diff',
			mail({}, `diff --git a/x.c b/x.c\n@@ -1 +1 @@\n+${'a '.repeat(1 << 16)}\n`),
		],
		['many ids', mail({ References: `<${'@'.repeat(60_000)}` }, 'x\n')],
		['many blank lines', mail({}, `commit 8012b8660855\nAuthor: a\n${'\n'.repeat(1 << 15)}x\n`)],
		['a placeholder', mail({ Subject: 'TODO: nothing at all' })],
		['a lone half', mail({}, `${'x'.repeat(106)}\u{1f600}\u{1f600}${'y'.repeat(999)}\n`)],
		[
			'a trailer',
			mail({}, 'Fixes: 8012b8660855 ("x"\n"y: \u001b[2J")\nReported-by: "a\tb: {" <x@y>\n'),
		],
	];
	for (const [name, bytes] of hostile) {
		const found = await findingsIn(bytes);
		const text = draft('DAXV-9999', PLACE, found);
		t.notMatch(text, UNSEEN, name);
		t.notMatch(text, /[\t\r]/, name);
		const data = dataOf(found);
		t.same(
			Object.keys(data).sort(),
			'bug device format holders id outcomes status tags threads title warnings'.split(' '),
			name,
		);
		t.match(data, { id: 'DAXV-9999', status: /^TODO/, bug: { evidence: 'reported' } }, name);
	}
});

t.test('a draft keeps the subject, sender and id of any mail', async (t) => {
	const words = fc.string({ unit: 'binary', maxLength: 60 });
	const encoded = (text: string) => `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`;
	await fc.assert(
		fc.asyncProperty(words, words, words, async (subject, name, body) => {
			const bytes = mail(
				{ Subject: encoded(subject), From: `${encoded(name)} <a@b.org>` },
				`${body}\n`,
			);
			const found = findingsOfMail(await readMail('x', bytes));
			const data = dataOf(found);
			const [link] = data.bug.links as [{ by: string; 'message-id': string }];
			t.equal(data.id, 'DAXV-9999');
			t.equal(link['message-id'], 'a@example.org');
			if (found.title !== undefined) t.equal(data.title, found.title);
			const [first] = found.links;
			if (first?.by) t.equal(link.by, first.by);
		}),
		{ numRuns: 500 },
	);
});
