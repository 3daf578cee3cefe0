// SPDX-License-Identifier: MIT
/** dax-vectors new, in a copy of the package. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { tool } from '../tool';
import { copyOfPackage } from './copy';

const root = copyOfPackage();
t.teardown(() => rmSync(root, { recursive: true, force: true }));
const run = (line: string) => tool(line.split(' '), { root });
const fixture = (name: string): string => join(packageRoot, 'test/fixtures', name);

const ledgerIds = readFileSync(join(root, 'vectors/ledger.yaml'), 'utf8').match(/DAXV-\d{4}/g);
const last = ledgerIds?.at(-1) ?? '';
const idAfter = (steps: number): string =>
	`DAXV-${String(Number(last.slice(5)) + steps).padStart(4, '0')}`;
/** Reads and removes a draft, because its placeholders keep the library from loading. */
function take(id: string, topic: string): string {
	const file = join(root, 'vectors', topic, `${id}.yaml`);
	const text = readFileSync(file, 'utf8');
	rmSync(file);
	return text;
}

t.test('without a source, the draft explains the format and lint refuses it', async (t) => {
	const { code, out, err } = await run('new claim');
	t.match({ code, err }, { code: 0, err: '' });
	const id = idAfter(1);
	t.match(out, `vectors/claim/${id}.yaml\n`);
	t.match(out, /^\d+ placeholders to replace: dax-vectors lint vectors\/claim\//m);

	const lint = await run(`lint vectors/claim/${id}.yaml`);
	t.match(lint, {
		code: 1,
		err: /title is still a placeholder\n.*\n.*\n {2}Replace it: what must hold/,
	});
	t.match(await run('lint'), { code: 1, err: /E_BLANK/ }, 'as part of the library');
	t.match(await run('new claim'), { code: 0, out: `${idAfter(2)}.yaml` }, 'an id taken by a draft');
	take(idAfter(2), 'claim');
	const text = take(id, 'claim');
	const { $defs } = JSON.parse(readFileSync(join(root, 'schema/vector.schema.json'), 'utf8'));
	for (const word of [...$defs.tag.enum, ...$defs.bug.properties.class.enum])
		t.match(text, word, 'the manual lists every word');
	for (const line of text.split('\n')) if (line.length > 118) t.fail(`too long: ${line}`);
	t.match(await run('lint'), { code: 0 });
});

t.test('an id of the ledger is never given out again', async (t) => {
	const ledger = join(root, 'vectors/ledger.yaml');
	const text = readFileSync(ledger, 'utf8');
	const entry = '{fingerprint: 0123456789abcdef, since: 0.1.0, status: retired}';
	writeFileSync(ledger, `${text.trimEnd()}\n  DAXV-0500: ${entry}\n`);
	t.match(await run('new claim'), { code: 0, out: /DAXV-0501\.yaml/ });
	take('DAXV-0501', 'claim');
	writeFileSync(ledger, `${text.trimEnd()}\n  DAXV-9999: ${entry}\n`);
	t.match(await run('new claim'), { code: 128, err: /every id up to DAXV-9999 is used/ });
	writeFileSync(ledger, text);
});

t.test(
	'--from takes the first mail that reports or fixes something, or the one with --message-id',
	async (t) => {
		const mbox = fixture('mails/thread.mbox');
		const { code, out, err } = await run(`new --from ${mbox}`);
		t.equal(code, 0);
		t.match(out, `vectors/claim/${idAfter(1)}.yaml`, 'the diff names calls of the topic');
		t.equal(
			err,
			[
				'3 mails; * is taken, --message-id ID takes another:',
				'  2026-05-18  Robin Example  [PATCH V2 0/2] dax: two fixes for holders',
				'    <20260518090000.100-1-robin@example.org>',
				'* 2026-05-18  Jörg Beispiel  [PATCH V2 1/2] dax: release the reference of a busy claim',
				'    <20260518090000.100-2-robin@example.org>',
				'  2026-05-19  (no name)  Re: [PATCH V2 1/2] dax: release the reference of a busy claim',
				'    <reply-1@example.org>',
				'',
			].join('\n'),
		);
		t.match(take(idAfter(1), 'claim'), /^title: "dax: release the reference of a busy claim"$/m);
		t.match(await run(`new --from ${mbox} --message-id reply-1@example.org`), {
			out: `vectors/removal/${idAfter(1)}.yaml`,
			err: '',
		});
		take(idAfter(1), 'removal');
		t.match(await run(`new --from ${mbox} --message-id none@example.org`), {
			code: 129,
			err: /has no mail <none@example.org>: it has\n.*\n {4}<2026.*\n {4}<reply-1@example.org>/s,
		});
		t.match(await run(`new --from ${mbox} --message-id <20260518090000.100-1-robin@example.org>`), {
			code: 129,
			err: /it names no call as changed or broken, name a topic for the vector: claim, /,
		});
	},
);

t.test('a topic that the calls leave open is asked for', async (t) => {
	const mbox = join(t.testdir(), 'both.eml');
	const head = 'Message-ID: <a@b.org>\nFrom: A <a@b.org>\nDate: Mon, 18 May 2026 09:00:00 +0000\n';
	writeFileSync(mbox, `${head}Subject: a hang\n\nkill_dax() hangs while fs_put_dax() runs.\n`);
	t.match(await run(`new --from ${mbox}`), {
		code: 129,
		err: /kill_dax, fs_put_dax belong to several topics, name a topic for the vector: claim/,
	});
	writeFileSync(mbox, `${head}Subject: fs_put_dax() races\n\nkill_dax() meets fs_put_dax().\n`);
	t.match(await run(`new --from ${mbox}`), { code: 0, out: /^vectors\/claim\// });
	t.match(
		take(idAfter(1), 'claim'),
		/^# Changed or named as the place in the source: fs_put_dax, kill_dax$/m,
	);
});

t.test(
	'--splat chooses among the splats of a log, by default the first in drivers/dax',
	async (t) => {
		const log = fixture('splats/several.txt');
		const { code, out, err } = await run(`new --from-dmesg ${log}`);
		t.match({ code, out }, { code: 0, out: /^vectors\/notify\// });
		t.match(
			err,
			/^3 splats; \* is taken, --splat N takes another:\n {2}1 {2}WARNING: .*\n\* 2 {2}BUG: /,
		);
		take(idAfter(1), 'notify');
		t.match(await run(`new --from-dmesg ${log} --splat 3`), {
			code: 0,
			err: '',
			out: /^vectors\/rem/,
		});
		t.match(take(idAfter(1), 'removal'), /^# {3}watchdog: BUG: soft lockup/m);
		t.match(await run(`new --from-dmesg ${log} --splat 4`), {
			code: 129,
			err: /has no splat 4: give a number from 1 to 3/,
		});
	},
);

t.test('--from-dmesg copies the facts of a splat', async (t) => {
	const log = fixture('splats/x86-warn-6.12.txt');
	t.match(await run(`new --from-dmesg ${log}`), { code: 0, err: '' });
	const text = take(idAfter(1), 'claim');
	for (const line of [
		'# From a kernel log',
		'#   WARNING: CPU: 1 PID: 2211 at drivers/dax/super.c:120 fs_put_dax+0x5c/0x70 [dax]',
		'#   at: drivers/dax/super.c:120',
		'#   task: umount',
		'#   kernel: 6.12.117+deb12-amd64',
		'# Changed or named as the place in the source: fs_put_dax',
	])
		t.ok(text.includes(`${line}\n`), line);
	t.match(text, /evidence: TODO/, 'a log is not a report on a list');
	t.match(text, /message-id: TODO/);
});

t.test('rejects wrong arguments and unreadable sources, and writes nothing', async (t) => {
	const mbox = fixture('mails/thread.mbox');
	const log = fixture('splats/kasan.txt');
	const lines: [string, RegExp][] = [
		['new', /name a topic for the vector: claim, lifetime, notify, removal/],
		['new nosuch', /there is no topic "nosuch": use one of claim, /],
		['new ../../tmp', /there is no topic/],
		['new claim notify', /new takes one topic/],
		['new claim --message-id a@b', /--message-id chooses a mail of --from/],
		['new claim --splat 1', /--splat chooses a splat of --from-dmesg/],
		[`new --from ${mbox} --from-dmesg ${log}`, /exclude each other/],
		[`new --from ${log}`, /E_MAIL: line 1 is not a header/],
		[`new --from-dmesg ${mbox}`, /E_SPLAT: no WARNING/],
		['new --from /nonexistent', /E_READ: cannot be read: ENOENT/],
		['new --from-dmesg /tmp', /E_READ: cannot be read: EISDIR/],
	];
	for (const [line, message] of lines) {
		const { code, out, err } = await run(line);
		t.match({ out, err }, { out: '', err: message }, line);
		t.equal(code, /E_/.test(err) ? 128 : 129, line);
	}
	for (const topic of ['claim', 'lifetime', 'notify', 'removal'])
		t.notOk(existsSync(join(root, 'vectors', topic, `${idAfter(1)}.yaml`)), 'nothing was written');
});
