// SPDX-License-Identifier: MIT
/** Profiles: frozen sets of vectors. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { readLedger } from '../../runner/library/ledger';
import { libraryFolder, loadLibrary } from '../../runner/library/library';
import {
	profileDiagnostics,
	profileNames,
	readProfile,
	recordProfile,
} from '../../runner/library/profile';
import type { Header, ReportRecord, Result } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { tool, toolHere } from '../tool';

const CLAIM = 'claim/DAXV-0001.yaml';

/** A copy of the library with a profile of its own. */
async function copy(t: Test): Promise<string> {
	const folder = t.testdir();
	cpSync(libraryFolder, folder, { recursive: true });
	rmSync(join(folder, 'profiles'), { recursive: true, force: true });
	recordProfile('1.0', await loadLibrary(folder), '0.1.0', folder);
	return folder;
}

function edit(folder: string, file: string, change: (data: Record<string, unknown>) => void): void {
	const path = join(folder, file);
	const data = parse(readFileSync(path, 'utf8'));
	change(data);
	writeFileSync(path, stringify(data));
}

async function diagnosticsOf(folder: string): Promise<string[]> {
	const { ledger } = readLedger(folder);
	const files = await loadLibrary(folder);
	return [...profileDiagnostics(readProfile('1.0', folder), files, ledger)].map(
		({ code, file, line, message, hint }) => `${code} ${file}:${line} ${message} ${hint}`,
	);
}

t.test('a new profile has every normative vector', async (t) => {
	const folder = await copy(t);
	const files = await loadLibrary(folder);
	const normative = files.filter(({ vector }) => vector.status === 'normative');
	const { vectors, since } = readProfile('1.0', folder);
	t.strictSame(
		Object.keys(vectors),
		normative.map(({ vector }) => vector.id),
	);
	const { ledger } = readLedger(folder);
	for (const [id, frozen] of Object.entries(vectors)) t.equal(frozen, ledger.ids[id]!.fingerprint);
	t.equal(since, '0.1.0');
	t.strictSame(await diagnosticsOf(folder), []);
	t.throws(() => recordProfile('1.0', files, '0.1.0', folder), /is frozen: use another name/);
	t.throws(() => recordProfile('one', files, '0.1.0', folder), /use a number such as 1\.0/);
	recordProfile('1.10', files, '0.1.0', folder);
	recordProfile('1.9', files, '0.1.0', folder);
	t.strictSame(profileNames(folder), ['1.0', '1.9', '1.10']);
});

t.test('reports a vector with a changed meaning', async (t) => {
	const folder = await copy(t);
	edit(folder, CLAIM, ({ device }) => {
		(device as Vector['device'])!.refs = 3;
	});
	const [found, ...more] = await diagnosticsOf(folder);
	t.match(found, /^E_PROFILE .*1\.0\.yaml:8 DAXV-0001 has changed its meaning since profile 1\.0/);
	t.match(
		found,
		/retire DAXV-0001 and state the new meaning under a new id\. .* lint --record-profile 1\.0/,
	);
	t.strictSame(more, []);
});

t.test('reports a missing or open vector, but no tombstone', async (t) => {
	const folder = await copy(t);
	rmSync(join(folder, CLAIM));
	t.match(await diagnosticsOf(folder), [/DAXV-0001 has no file Restore it/]);
	cpSync(join(libraryFolder, CLAIM), join(folder, CLAIM));
	edit(folder, CLAIM, (vector) => {
		vector.status = 'open';
	});
	t.match(await diagnosticsOf(folder), [
		/DAXV-0001 is open, but profile 1\.0 is for normative vectors/,
	]);
	const { format, id, title, tags } = parse(readFileSync(join(folder, CLAIM), 'utf8')) as Vector;
	const retired = { reason: 'a test no longer wants it' };
	writeFileSync(
		join(folder, CLAIM),
		stringify({ format, id, title, status: 'retired', tags, retired }),
	);
	t.strictSame(await diagnosticsOf(folder), []);
	edit(folder, 'profiles/1.0.yaml', ({ vectors }) => {
		(vectors as Record<string, string>)['DAXV-0001'] = '0000000000000000';
	});
	t.match(
		await diagnosticsOf(folder),
		[/DAXV-0001 has changed its meaning/],
		'the ledger has the fingerprint of a tombstone',
	);
});

t.test('refuses invalid and unknown profiles', async (t) => {
	const folder = await copy(t);
	const profile = 'profiles/1.0.yaml';
	edit(folder, profile, (data) => {
		data.profile = '1.1';
	});
	t.throws(() => readProfile('1.0', folder), /E_PROFILE: profile 1\.1 is in 1\.0\.yaml/);
	edit(folder, profile, (data) => {
		data.vectors = { 'DAXV-0001': 'none' };
	});
	t.throws(() => readProfile('1.0', folder), /1\.0\.yaml:\d+:\d+: E_VALUE/);
	t.throws(() => readProfile('2.0', folder), /there is no profile "2\.0": use 1\.0$/);
	rmSync(join(folder, 'profiles'), { recursive: true });
	t.throws(() => readProfile('1.0', folder), /dax-vectors lint --record-profile NAME/);
});

t.test('run --profile runs the vectors of the profile', async (t) => {
	const { code, out } = await tool(['run', '--profile', '1.0', '-r', 'json']);
	t.equal(code, 0);
	const records = out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as ReportRecord);
	const header = records[0] as Header;
	t.strictSame(header.selection, { profile: '1.0', ids: [], tags: [] });
	const results = records.filter((record): record is Result => record.record === 'result');
	const { vectors } = readProfile('1.0');
	t.strictSame([...new Set(results.map(({ vector }) => vector))], Object.keys(vectors));
	t.ok(results.every(({ scored }) => scored));
	const part = await tool(['run', '--profile', '1.0', '--tag', 'srcu', 'DAXV-00*']);
	t.equal(part.code, 0);
	t.match(await tool(['run', '--profile', '9.9']), {
		code: 129,
		err: /there is no profile "9\.9": use 1\.0/,
	});
	const update = await tool(['run', '--profile', '1.0', '--update-known-failures']);
	t.match(update, { code: 129, err: /leave out --profile/ });
	t.match(await tool(['lint', '--record-profile', '1.0']), { code: 129, err: /is frozen/ });
});

t.test('list shows the profiles, and the vectors of one', async (t) => {
	const all = await toolHere(['list', '--profiles']);
	t.match(all, { code: 0, out: /^1\.0 {2}\d+ vectors, since 0\.1\.0$/m });
	const { code, out } = await toolHere(['list', '--profile', '1.0']);
	t.equal(code, 0);
	t.match(out, /^DAXV-0001 {2}normative {2}A claim/);
	const ids = out
		.trimEnd()
		.split('\n')
		.map((line) => line.slice(0, 9));
	t.strictSame(ids, Object.keys(readProfile('1.0').vectors));
	t.match(await toolHere(['list', '--profile', '9.9']), {
		code: 129,
		err: /there is no profile "9\.9"/,
	});
	t.match(await toolHere(['list', '--profiles', 'DAXV-0001']), { code: 129, err: /takes no ids/ });
});
