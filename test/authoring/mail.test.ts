// SPDX-License-Identifier: MIT
/** Mails as lore.kernel.org serves them, broken ones and hostile ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import t from 'tap';
import { draft } from '../../runner/authoring/draft';
import type { Findings } from '../../runner/authoring/findings';
import { type Mail, readMail } from '../../runner/authoring/mail';
import { findingsOf } from '../../runner/authoring/mail-findings';
import { MBOX_LIMIT, splitMbox } from '../../runner/authoring/mbox';
import { InvalidFile } from '../../runner/library/diagnostic';
import { parseVector } from '../../runner/library/load';
import { YamlSource } from '../../runner/library/yaml-source';
import { packageRoot } from '../../runner/text/package-root';
import { UNSEEN } from '../../runner/text/printable';

const thread = readFileSync(join(packageRoot, 'test/fixtures/mails/thread.mbox'));

async function mailsOf(bytes: Buffer): Promise<Mail[]> {
	return Promise.all(splitMbox('x', bytes).map((message) => readMail('x', message)));
}

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

const about = async (bytes: Buffer): Promise<Findings> =>
	findingsOf(await readMail('x', splitMbox('x', bytes)[0]!));

/** The draft as data; throws when it is no YAML. */
function dataOf(findings: Findings): Record<string, unknown> & { bug: { links: object[] } } {
	const text = draft('DAXV-9999', 'claim', findings);
	return YamlSource.parse('DAXV-9999.yaml', Buffer.from(text)).data as never;
}

t.test('a thread as mbox', async (t) => {
	const mails = await mailsOf(thread);
	t.same(
		mails.map(({ messageId, date, by }) => [messageId, date, by]),
		[
			['20260518090000.100-1-robin@example.org', '2026-05-18', 'Robin Example'],
			['20260518090000.100-2-robin@example.org', '2026-05-18', 'Jörg Beispiel'],
			['reply-1@example.org', '2026-05-19', undefined],
		],
	);
	t.equal(mails[0]!.subject, '[PATCH V2 0/2] dax: two fixes for holders', 'a folded header');
	t.match(mails[0]!.text, /^From the first posting/m, 'mboxrd is undone');
	t.match(mails[0]!.text, 'café');
	t.match(mails[1]!.text, 'somebody else holds the device. Jörg saw it', 'quoted-printable');
	t.match(mails[2]!.text, '> It has been like this', 'base64');
	t.equal(mails[2]!.attached.length, 1);
	t.same(await mailsOf(gzipSync(thread)), mails, 'gzipped');
	const crlf = Buffer.from(thread.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
	t.same(
		(await mailsOf(crlf)).map((each) => findingsOf(each)),
		mails.map((each) => findingsOf(each)),
		'with CRLF',
	);
});

t.test('what the patch of the thread says', async (t) => {
	const [cover, patch, reply] = await mailsOf(thread);
	const found = findingsOf(patch!, [cover!, reply!]);
	t.equal(found.title, 'dax: release the reference of a busy claim');
	t.same(found.calls, ['fs_dax_get_by_bdev', 'put_dax']);
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
	]);
	for (const line of [
		'date: 2026-05-18',
		'reported by: Maria Muster',
		'functions in the diff: fs_dax_get_by_bdev, example_helper',
		'see also: https://bugs.example.org/42',
		'in the same thread: <reply-1@example.org> 2026-05-19',
	])
		t.ok(found.about.includes(line), line);
	t.ok(found.said.includes('        CPU 0                           CPU 1'), 'a diagram');
	t.notMatch(found.said.join('\n'), /Signed-off-by|only a note|example\(\)/);

	const { links, calls } = findingsOf(reply!);
	t.same(calls, ['kill_dax'], 'of an attached patch');
	t.match(links, [{ by: undefined }, { commit: '8012b8660855' }], 'a commit that is quoted');
});

t.test('a draft of it is a vector but for its blanks', async (t) => {
	const [, patch] = await mailsOf(thread);
	const text = draft('DAXV-9999', 'claim', findingsOf(patch!));
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

t.test('a mail on its own is not split, and not unquoted', async (t) => {
	const body = 'One.\n\nFrom a line of its own Thu Jan  1 00:00:00 1970\n>From here.\n';
	const [only, ...others] = splitMbox('x', mail({}, body));
	t.same(others, []);
	t.match((await readMail('x', only!)).text, body);
});

t.test('titles that do not fit are left blank', async (t) => {
	for (const subject of ['dax', '', `dax: ${'x'.repeat(100)}`, '[PATCH] Re: [RFC] short']) {
		const found = await about(mail({ Subject: subject }));
		t.equal(found.title, undefined, subject);
		t.match(dataOf(found).title, /^TODO /);
	}
	t.equal(
		(await about(mail({ Subject: 'Re: [PATCH] AW: [x] dax: ten chars' }))).title,
		'dax: ten chars',
	);
});

t.test('no date that can be read, no name', async (t) => {
	const found = await about(mail({ Date: 'soon', From: 'robin@example.org' }));
	t.ok(found.about.includes('date: not readable'));
	t.ok(found.about.includes('from: no name, only an address'));
	t.match(dataOf(found).bug.links, [{ by: /^TODO / }]);
});

t.test('what is no mail, or no whole mail', async (t) => {
	const multipart = { 'Content-Type': 'multipart/mixed; boundary="b"' };
	const refused: [string, Buffer, RegExp][] = [
		['nothing', Buffer.from(''), /E_MAIL: the mail is empty/],
		['prose', Buffer.from('Dear list,\n\nit broke.\n'), /E_MAIL: line 1 is no header/],
		['a web page', Buffer.from('<!DOCTYPE html>\n<html>\n'), /E_MAIL: a web page/],
		['bytes', Buffer.from([0, 1, 2, 255, 10, 10]), /E_MAIL: line 1 is no header/],
		['half a header', Buffer.from('Message-ID: <a@b>\nSubj'), /E_MAIL: line 2 is no header/],
		[
			'an empty mbox',
			Buffer.from('From x Thu Jan  1 00:00:00 1970\n'),
			/E_MAIL: the mail is empty/,
		],
		['a cut archive', gzipSync(thread).subarray(0, 400), /E_MAIL: it is cut off/],
		['no Message-ID', Buffer.from('From: a@b\nSubject: x\n\nx\n'), /E_MAIL_HEADER: no Message-ID/],
		['an id without @', mail({ 'Message-ID': '<nobody>' }), /E_MAIL_HEADER: malformed Message-ID/],
		['an id with a space', mail({ 'Message-ID': '<a b@c>' }), /E_MAIL_HEADER: malformed/],
		['two ids', mail({ 'message-id': '<b@example.org>' }), /E_MAIL_HEADER: 2 Message-IDs/],
		['nobody', mail({ From: '' }), /E_MAIL_HEADER: no From/],
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

t.test('hostile mails come out as comments and scalars', async (t) => {
	const hostile: [string, Buffer][] = [
		['a path', mail({ Subject: '../../../../etc/passwd' })],
		['keys', mail({ Subject: '=?utf-8?q?x=0Aid=3A_DAXV-0001=0Astatus=3A_normative?=' })],
		['a directive', mail({}, '%YAML 1.1\n---\nid: DAXV-0001\n...\n')],
		['an anchor', mail({ Subject: '&a [*a, *a] !!js/function {x: y} # no' })],
		['quotes', mail({ Subject: '\'";\\"\': {a: b}, [c]' })],
		['escapes', mail({ Subject: '=?utf-8?q?=1B]0;owned=07=1B[2J_dax=0D_x?=' }, '\u001b[31mred\n')],
		['turned text', mail({ From: '"\u202eevil\u2028x: y" <a@b.org>' }, 'a\u2029b: c\u0085d: e\n')],
		['a blank', mail({ Subject: 'TODO: nothing at all' })],
		['a lone half', mail({}, `${'x'.repeat(106)}\u{1f600}\u{1f600}${'y'.repeat(999)}\n`)],
		[
			'a trailer',
			mail({}, 'Fixes: 8012b8660855 ("x"\n"y: \u001b[2J")\nReported-by: "a\tb: {" <x@y>\n'),
		],
	];
	for (const [name, bytes] of hostile) {
		const found = await about(bytes);
		const text = draft('DAXV-9999', 'claim', found);
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

t.test('whatever a mail says, the draft says the same', async (t) => {
	const words = fc.string({ unit: 'binary', maxLength: 60 });
	const encoded = (text: string) => `=?utf-8?b?${Buffer.from(text).toString('base64')}?=`;
	await fc.assert(
		fc.asyncProperty(words, words, words, async (subject, name, body) => {
			const bytes = mail(
				{ Subject: encoded(subject), From: `${encoded(name)} <a@b.org>` },
				`${body}\n`,
			);
			const found = findingsOf(await readMail('x', bytes));
			const data = dataOf(found);
			const [link] = data.bug.links as { by: string; 'message-id': string }[];
			t.equal(data.id, 'DAXV-9999');
			t.equal(link!['message-id'], 'a@example.org');
			if (found.title !== undefined) t.equal(data.title, found.title);
			if (found.links[0]!.by) t.equal(link!.by, found.links[0]!.by);
		}),
		{ numRuns: 500 },
	);
});
