// SPDX-License-Identifier: MIT
/** Two versions of the library: what a change of vectors does to whoever relies on them. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { compareLibraries, type LibraryChange } from '../../runner/library/compare-libraries';
import { differences, effectOf } from '../../runner/library/differences';
import { libraryFolder } from '../../runner/library/library';
import { readFolder } from '../../runner/library/open-library';
import { validator } from '../../runner/library/schemas';
import type { Vector } from '../../schema/types/vector';
import { tool } from '../tool';

const released = readFolder(libraryFolder);

/** A copy of the library, changed: data in, data out, or undefined to take a vector away. */
function spoilt(
	t: Test,
	changes: Readonly<Record<string, (vector: Vector) => void>>,
	gone: readonly string[] = [],
): string {
	const folder = t.testdir();
	cpSync(libraryFolder, folder, { recursive: true });
	for (const [file, change] of Object.entries(changes)) {
		const path = join(folder, file);
		const vector = parse(readFileSync(path, 'utf8')) as Vector;
		change(vector);
		writeFileSync(path, stringify(vector));
	}
	for (const file of gone) rmSync(join(folder, file));
	return folder;
}

const CLAIM = 'claim/DAXV-0001.yaml';
const RELEASE = 'removal/DAXV-0020.yaml';
const OPEN = 'notify/DAXV-0036.yaml';

/** What a change of the library is told as. */
async function told(...given: Parameters<typeof spoilt>): Promise<LibraryChange[]> {
	return compareLibraries(await released, await readFolder(spoilt(...given)));
}

function retire(vector: Vector, more: object = {}): void {
	const { format, id, title, tags } = vector;
	for (const key of Object.keys(vector)) delete (vector as unknown as Record<string, unknown>)[key];
	const retired = { reason: 'a test no longer wants it', ...more };
	Object.assign(vector, { format, id, title, status: 'retired', tags, retired });
}

t.test('the same is nothing', async (t) => {
	t.strictSame(await told(t, {}), []);
	const reordered = (vector: Vector) => {
		const entries = Object.entries(vector).reverse();
		for (const key of Object.keys(vector))
			delete (vector as unknown as Record<string, unknown>)[key];
		Object.assign(vector, Object.fromEntries(entries));
	};
	t.strictSame(await told(t, { [CLAIM]: reordered }), [], 'the order of keys says nothing');
});

t.test('a changed meaning breaks, weaker or stronger', async (t) => {
	const effects = async (change: (vector: Vector) => void) => {
		const [found, ...more] = await told(t, { [CLAIM]: change });
		t.match(found, { kind: 'changed', breaks: true, id: 'DAXV-0001' });
		t.strictSame(more, []);
		return found!.details.map(({ path, effect }) => `${path} ${effect}`);
	};
	t.strictSame(
		await effects(({ outcomes }) => {
			delete outcomes!.claimed!.must;
		}),
		['outcomes/claimed/must weaker'],
	);
	t.strictSame(
		await effects(({ outcomes }) => {
			outcomes!.busy!.device!.refs = -1;
		}),
		['outcomes/busy/device/refs stronger'],
	);
	t.strictSame(
		await effects(({ outcomes }) => {
			outcomes!.claimed!.device!.ops = null;
		}),
		['outcomes/claimed/device/ops other'],
	);
	t.strictSame(
		await effects(({ variants }) => {
			variants!.fs_dax_get!.busy = '-ENODEV';
		}),
		['fs_dax_get: outcomes/busy/results/got other'],
		'what holds for one variant is told with its name',
	);
	t.strictSame(
		await effects(({ variants }) => {
			variants!.third = { get: 'fs_dax_get', busy: '-EBUSY' };
		}),
		['variants/third stronger'],
	);
	t.strictSame(
		await effects(({ threads }) => {
			const { release } = threads!;
			delete threads!.release;
			threads!.release = release!;
		}),
		['order/0 other', 'order/1 other'],
		'the order of threads is their numbers',
	);
});

t.test('what is reworded means the same', async (t) => {
	const changes = await told(t, {
		[CLAIM]: (vector) => {
			vector.title = 'Another way to put the same thing';
			vector.orders!['lost-update']!.about = 'another';
		},
		[OPEN]: ({ rules }) => {
			rules!['knows-its-holder']!.because = 'it may';
		},
	});
	t.match(changes, [
		{ kind: 'reworded', breaks: false, id: 'DAXV-0001' },
		{ kind: 'reworded', breaks: false, id: 'DAXV-0036', details: [{ effect: 'prose' }] },
	]);
	t.strictSame(
		changes[0]!.details.map(({ path }) => path),
		['title', 'orders/lost-update/about'],
	);
});

t.test('gone, retired, used again, new', async (t) => {
	const one = async (...given: Parameters<typeof spoilt>) => {
		const [found, ...more] = await told(...given);
		t.strictSame(more, []);
		return { kind: found!.kind, breaks: found!.breaks };
	};
	t.strictSame(await one(t, {}, [CLAIM]), { kind: 'gone', breaks: true });
	t.strictSame(await one(t, {}, [OPEN]), { kind: 'gone', breaks: true });
	const without = await one(t, { [CLAIM]: (vector) => retire(vector) });
	t.strictSame(without, { kind: 'retired', breaks: true }, 'nothing replaces it');
	const replacedBy = (id: string) => ({
		[CLAIM]: (vector: Vector) => retire(vector, { 'replaced-by': id }),
	});
	t.strictSame(await one(t, replacedBy('DAXV-0020')), { kind: 'retired', breaks: false });
	t.strictSame(await one(t, replacedBy('DAXV-0036')), { kind: 'retired', breaks: true }, 'open');
	t.strictSame(await one(t, replacedBy('DAXV-9999')), { kind: 'retired', breaks: true }, 'none');
	const unscored = { kind: 'retired', breaks: false };
	t.strictSame(await one(t, { [OPEN]: (vector) => retire(vector) }), unscored, 'it was open');
	const open = (vector: Vector) => {
		vector.status = 'open';
	};
	t.strictSame(await one(t, { [RELEASE]: open }), { kind: 'unscored', breaks: true });

	const before = await readFolder(spoilt(t, { [CLAIM]: (vector) => retire(vector) }, [RELEASE]));
	t.match(compareLibraries(before, await released), [
		{ kind: 'reused', breaks: true, id: 'DAXV-0001' },
		{ kind: 'new', breaks: false, id: 'DAXV-0020', before: null, after: 'normative' },
	]);
	t.match(compareLibraries(await readFolder(spoilt(t, { [RELEASE]: open })), await released), [
		{ kind: 'scored', breaks: false, id: 'DAXV-0020' },
	]);
});

t.test('differences, and what they do', (t) => {
	t.strictSame(differences({ a: null }, {}), [{ path: 'a', before: null, after: undefined }]);
	t.strictSame(differences({ a: [1, 2] }, { a: [1, 3] }), [{ path: 'a/1', before: 2, after: 3 }]);
	t.strictSame(differences({ a: [1] }, { a: [] }), [{ path: 'a', before: [1], after: [] }]);
	t.strictSame(differences({ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }), []);
	const effect = (path: string, before: unknown, after: unknown) =>
		effectOf({ path, before, after });
	t.equal(effect('outcomes/third', undefined, { results: {} }), 'weaker');
	t.equal(effect('outcomes/third', { results: {} }, undefined), 'stronger');
	t.equal(effect('outcomes/third', undefined, { must: 'occur' }), 'other');
	t.equal(effect('rules/told', undefined, {}), 'stronger');
	t.equal(effect('rules/told/when', undefined, {}), 'weaker');
	t.equal(effect('rules/told/when/results', {}, undefined), 'stronger');
	t.equal(effect('races', 'none', undefined), 'weaker');
	t.equal(effect('outcomes/a/results/got', 'ok', ['ok', null]), 'weaker');
	t.equal(effect('outcomes/a/results/got', ['ok', null], 'ok'), 'stronger');
	t.equal(effect('outcomes/a/results/got', null, 'ok'), 'other', 'NULL is a value');
	t.equal(effect('outcomes/a/device/ops', undefined, null), 'stronger', 'and so it is here');
	t.equal(effect('device/holder', undefined, 'A'), 'other');
	t.end();
});

t.test('the command: folders, exports, JSON', async (t) => {
	const folder = spoilt(t, {
		[CLAIM]: ({ outcomes }) => {
			delete outcomes!.claimed!.must;
		},
		[RELEASE]: (vector) => {
			vector.title = 'A release after a removal is silent';
		},
	});
	const { code, out, err } = await tool(['diff', libraryFolder, folder]);
	t.strictSame([code, err], [1, '']);
	const [first, detail, advice, second] = out.split('\n');
	t.match(first, /^breaks DAXV-0001 {2}means something else: A claim that races/);
	t.equal(detail, '         outcomes/claimed/must (weaker): "occur" -> absent');
	t.match(
		advice,
		/^ {9}-> undo it, or retire this vector and state the new meaning under a new id/,
	);
	t.match(second, /^ {7}DAXV-0020 {2}reworded, means the same: A release after/);
	t.match(out, /\n1 changed, 1 reworded, 1 in a way that breaks an id\n$/);

	const file = join(folder, 'before.json');
	writeFileSync(file, (await tool(['export', '--json'])).out);
	const json = await tool(['diff', file, folder, '-r', 'json']);
	t.equal(json.code, 1);
	const data = JSON.parse(json.out);
	const valid = validator('diff');
	t.ok(valid(data), JSON.stringify(valid.errors));
	t.match(data, { of: 'libraries', before: file, changes: [{ id: 'DAXV-0001' }, {}], exit: 1 });
	t.match(await tool(['diff', file, libraryFolder]), { code: 0, out: 'nothing changed\n' });
	t.match(await tool(['diff', '.', '.']), { code: 0, out: 'nothing changed\n' }, 'a checkout');

	const report = join(folder, 'report.jsonl');
	writeFileSync(report, (await tool(['run', 'DAXV-0020', '-r', 'json'])).out);
	t.match(await tool(['diff', file, report]), { code: 2, err: /not one of each/ });
	writeFileSync(file, '{"cases": 1}');
	t.match(await tool(['diff', file, folder]), { code: 2, err: /before\.json: no export of this/ });
	t.match(await tool(['diff', folder, 'test']), { code: 2, err: /test: no ledger\.yaml/ });
});
