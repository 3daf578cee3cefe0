// SPDX-License-Identifier: MIT
/** The ledger: ids keep their meaning, and no id is used twice. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { ledgerDiagnostics, ledgerName, readLedger, record } from '../../runner/library/ledger';
import { libraryFolder, loadLibrary } from '../../runner/library/library';
import type { Ledger } from '../../schema/types/ledger';
import type { Vector } from '../../schema/types/vector';

const CLAIM = 'claim/DAXV-0001.yaml';

/** A copy of the library for a test to change. */
class Copy {
	readonly folder: string;

	constructor(t: Test) {
		this.folder = t.testdir();
		cpSync(libraryFolder, this.folder, { recursive: true });
	}

	/** Rewrites a vector as data. */
	edit(file: string, change: (vector: Vector) => void): void {
		const path = join(this.folder, file);
		const vector = parse(readFileSync(path, 'utf8')) as Vector;
		change(vector);
		writeFileSync(path, stringify(vector));
	}

	editLedger(change: (ids: Ledger['ids']) => void): void {
		const path = join(this.folder, ledgerName);
		const ledger = parse(readFileSync(path, 'utf8')) as Ledger;
		change(ledger.ids);
		writeFileSync(path, stringify(ledger));
	}

	/** Expects these diagnostics and no others, in order. */
	async reports(t: Test, ...expected: readonly RegExp[]): Promise<void> {
		const diagnostics = await this.diagnostics();
		t.equal(diagnostics.length, expected.length, diagnostics.join('\n'));
		for (const [index, pattern] of expected.entries()) t.match(diagnostics[index], pattern);
	}

	async diagnostics(): Promise<string[]> {
		const { source, ledger } = readLedger(this.folder);
		const files = await loadLibrary(this.folder);
		return [...ledgerDiagnostics(source, ledger, files)].map(
			({ code, file, line, message, hint }) => `${code} ${file}:${line} ${message} ${hint}`,
		);
	}
}

/** Turns a vector into a tombstone. */
function retire(vector: Vector): void {
	const { format, id, title, tags } = vector;
	for (const key of Object.keys(vector)) delete (vector as unknown as Record<string, unknown>)[key];
	const retired = { reason: 'a test no longer wants it' };
	Object.assign(vector, { format, id, title, status: 'retired', tags, retired });
}

t.test('the library and its ledger agree', async (t) => {
	await new Copy(t).reports(t);
});

t.test('refuses a changed meaning', async (t) => {
	const copy = new Copy(t);
	copy.edit(CLAIM, ({ outcomes }) => {
		outcomes!.claimed!.device!.ops = null;
	});
	await copy.reports(
		t,
		/E_LEDGER .*DAXV-0001\.yaml:\d+ DAXV-0001 has changed its meaning since 0\.1\.0 Undo/,
	);
});

t.test('refuses a missing vector until it has a tombstone', async (t) => {
	const copy = new Copy(t);
	rmSync(join(copy.folder, CLAIM));
	await copy.reports(t, /E_LEDGER .*ledger\.yaml:\d+ DAXV-0001 has no file Restore/);

	cpSync(join(libraryFolder, CLAIM), join(copy.folder, CLAIM));
	copy.edit(CLAIM, retire);
	await copy.reports(t, /the ledger says normative, DAXV-0001 says retired/);
	copy.editLedger((ids) => {
		ids['DAXV-0001']!.status = 'retired';
	});
	await copy.reports(t);
});

t.test('refuses a retired id that is used again', async (t) => {
	const copy = new Copy(t);
	copy.editLedger((ids) => {
		ids['DAXV-0001']!.status = 'retired';
	});
	await copy.reports(t, /DAXV-0001 was retired: a retired id is never used again/);
	copy.edit(CLAIM, ({ device }) => {
		device!.refs = 3;
	});
	await copy.reports(t, /was retired/, /changed its meaning/);
});

t.test('refuses a new id until it is recorded; recording changes no other entry', async (t) => {
	const copy = new Copy(t);
	copy.edit(CLAIM, (vector) => {
		vector.id = 'DAXV-9998';
	});
	renameSync(join(copy.folder, CLAIM), join(copy.folder, 'claim/DAXV-9998.yaml'));
	cpSync(join(libraryFolder, CLAIM), join(copy.folder, CLAIM));
	copy.edit(CLAIM, ({ device }) => {
		device!.refs = 3;
	});
	const changed = /DAXV-0001 has changed its meaning/;
	await copy.reports(t, changed, /DAXV-9998 is not in the ledger .*lint --record/);
	const before = readFileSync(join(copy.folder, ledgerName), 'utf8');
	t.strictSame(record(copy.folder, await loadLibrary(copy.folder), '0.2.0'), ['DAXV-9998']);
	const after = readFileSync(join(copy.folder, ledgerName), 'utf8');
	t.ok(after.startsWith(before.trimEnd()), 'old entries stay');
	t.match(after.slice(before.length - 1), /DAXV-9998: .*since: 0\.2\.0, status: normative/);
	await copy.reports(t, changed);
	t.strictSame(record(copy.folder, await loadLibrary(copy.folder), '0.2.0'), [], 'once');
});

t.test('refuses a status that differs from the ledger', async (t) => {
	const copy = new Copy(t);
	copy.edit(CLAIM, (vector) => {
		vector.status = 'open';
	});
	await copy.reports(
		t,
		/E_LEDGER .*ledger\.yaml:\d+ the ledger says normative, DAXV-0001 says open/,
	);
});

t.test('refuses two files with the same id', async (t) => {
	const copy = new Copy(t);
	cpSync(join(copy.folder, CLAIM), join(copy.folder, 'notify/DAXV-0001.yaml'));
	await t.rejects(copy.diagnostics(), /E_DUPLICATE_ID: DAXV-0001 is also the id of/);
});

t.test('refuses a ledger that is missing or invalid', async (t) => {
	const copy = new Copy(t);
	copy.editLedger((ids) => {
		ids['DAXV-0001']!.fingerprint = 'unknown';
	});
	t.throws(() => readLedger(copy.folder), /ledger\.yaml:\d+:\d+: E_/);
	rmSync(join(copy.folder, ledgerName));
	t.throws(() => readLedger(copy.folder), /E_READ/);
});
