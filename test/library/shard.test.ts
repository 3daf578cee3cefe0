// SPDX-License-Identifier: MIT
/** Shards: every vector is in exactly one, and stays there; merge accepts only shards of the same run. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { inShard, parseShard } from '../../runner/library/shard';
import { library } from '../cases';
import { undated } from '../records';
import { tool, toolHere } from '../tool';

const folder = mkdtempSync(join(tmpdir(), 'dax-shards-'));
const RUN = ['run', '-i', 'reference', '-i', 'reference:series-v3', '-r', 'json'];

async function shard(name: string, ...args: string[]): Promise<string> {
	const file = join(folder, name);
	const { out } = await tool([...RUN, ...args]);
	writeFileSync(file, out);
	return file;
}

t.test('puts every vector into exactly one shard, whatever the other vectors', async (t) => {
	const ids = [...new Set((await library()).map(({ vector }) => vector.id))];
	for (const of of [1, 2, 3, 7, 100])
		for (const id of ids) {
			const shards = Array.from({ length: of }, (_, index) => ({ index: index + 1, of }));
			t.equal(shards.filter((each) => inShard(each, id)).length, 1, `${id} of ${of}`);
		}
	// Constant: shards must not change between versions.
	const places = ['DAXV-0001', 'DAXV-0020', 'DAXV-0059', 'DAXV-9999'].map((id) =>
		[1, 2, 3].find((index) => inShard({ index, of: 3 }, id)),
	);
	t.same(places, [2, 1, 3, 1]);
});

t.test('parseShard() accepts I/N only', async (t) => {
	t.same(parseShard('2/3'), { index: 2, of: 3 });
	for (const word of ['0/3', '4/3', '1', '1/0', 'a/b', '1/3/5', '-1/3', '01/3', ''])
		t.equal(parseShard(word), undefined, word);
	const { code, err } = await toolHere(['run', '--shard', '4/3']);
	t.match({ code, err }, { code: 129, err: /--shard takes I\/N, such as 1\/3, not "4\/3"/ });
});

t.test('merge makes the report of the whole run from its shards', async (t) => {
	const parts = await Promise.all(
		[1, 2, 3].map((part) => shard(`${part}.json`, '--shard', `${part}/3`)),
	);
	const whole = await tool(RUN);
	const merged = await toolHere(['report', 'merge', parts[2]!, parts[0]!, parts[1]!]);
	t.equal(merged.code, whole.code);
	t.equal(undated(merged.out), undated(whole.out));
	t.match(await toolHere(['report', 'merge', ...parts, '-r', 'pretty']), {
		code: 0,
		out: /DAXV-0020[\s\S]*conforms/,
	});

	const refused = async (files: string[], why: RegExp) => {
		const { code, out, err } = await toolHere(['report', 'merge', ...files]);
		const expected = files.length > 0 ? 128 : 129;
		t.match({ code, out, err }, { code: expected, out: '', err: why });
	};
	await refused(
		[parts[0]!, parts[1]!],
		/^dax-vectors: shard 3\/3 is missing: run it with --shard 3\/3\n$/,
	);
	await refused([...parts, parts[1]!], /2\.json is shard 2\/3, like .*2\.json/);
	await refused([parts[0]!, await shard('half', '--shard', '1/2')], /half counts other shards/);
	await refused([parts[0]!, await shard('whole')], /whole is no shard: run with --shard I\/N/);
	await refused([], /report merge takes reports of "run --reporter json"/);
	await refused([parts[0]!], /shard 2\/3 is missing/);

	const text = readFileSync(parts[1]!, 'utf8');
	const changed = (name: string, to: string) => {
		const file = join(folder, name);
		writeFileSync(file, to);
		return [parts[0]!, file, parts[2]!];
	};
	await refused(
		changed('cut', text.trimEnd().split('\n').slice(0, -1).join('\n')),
		/cut: was cut: the footer/,
	);
	await refused(
		changed('short', text.split('\n').toSpliced(2, 1).join('\n')),
		/has \d+ results, its footer says/,
	);
	await refused(
		changed('version', text.replace(/"version":"[^"]*"/, '"version":"9"')),
		/has another version/,
	);
	await refused(
		changed('library', text.replace(/"library":"[^"]*"/, '"library":"9"')),
		/has another version/,
	);
	await refused(
		changed('budget', text.replace(/"budget":\d+/, '"budget":9')),
		/has another version/,
	);
	await refused(changed('garbage', 'garbage\n'), /garbage:1: no record of a report/);
	await refused(changed('empty', ''), /empty: does not begin with a header/);
});
