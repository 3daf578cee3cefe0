// SPDX-License-Identifier: MIT
/** The two example adapters follow the protocol, and get the verdict of the model on every vector. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import t from 'tap';
import { openExec } from '../../implementations/exec';
import { Channel } from '../../implementations/exec/channel';
import { decide } from '../../runner/decide/decide';
import { KnownFailureList } from '../../runner/known-failures/list';
import { packageRoot } from '../../runner/text/package-root';
import { library, OPTIONS, reference } from '../cases';
import { needs, willRun } from '../needs';
import { toolHere } from '../tool';

const examples = join(packageRoot, 'implementations/exec/examples');
const binary = join(t.testdir(), 'dax_adapter');
if (willRun('cc')) execFileSync('cc', ['-O2', '-o', binary, join(examples, 'c/dax_adapter.c')]);
const adapters = [
	['python3', `python3 ${join(examples, 'python/dax_adapter.py')}`],
	['cc', binary],
] as const;

const schemas = ['common', 'program', 'execution', 'protocol'].map((name) =>
	JSON.parse(readFileSync(join(packageRoot, `schema/${name}.schema.json`), 'utf8')),
);

for (const [need, command] of adapters)
	t.test(command, needs(need), async (t) => {
		const adapter = await openExec(command)!.ready!();
		t.match(adapter, { target: 'merged', explores: true, stress: false });
		const known = KnownFailureList.of(adapter.target);
		const verdicts: Record<string, number> = {};
		const xfail: string[] = [];
		for (const test of await library()) {
			const decided = await decide(test, adapter, OPTIONS);
			const { id, verdict, outcomes, completeness } = decided;
			const { calls } = test.needs;
			if (!calls.every((call) => adapter.calls.includes(call))) {
				t.equal(verdict, 'skip', id);
				continue;
			}
			const expected = await decide(test, reference(), OPTIONS);
			t.equal(completeness.kind, 'exhaustive', id);
			t.equal(verdict, expected.verdict, id);
			// Their fs_dax_get() does not read the driver: fewer traces, the same outcomes.
			if (calls.includes('fs_dax_get'))
				t.same(Object.keys(outcomes).sort(), Object.keys(expected.outcomes).sort(), id);
			else t.same(outcomes, expected.outcomes, id);
			const result = known.apply(decided);
			if (result.scored) verdicts[result.verdict] = (verdicts[result.verdict] ?? 0) + 1;
			if (result.verdict === 'xfail') xfail.push(id);
		}
		t.same(Object.keys(verdicts).sort(), ['pass', 'xfail']);
		t.same(xfail, ['DAXV-0039/fs_dax_get', 'DAXV-0055']);
		await adapter.close!();

		const { code, out } = await toolHere(['adapter', 'check', command]);
		t.equal(code, 0, out);
		t.notMatch(out, /FAIL|not checked/);
	});

t.test(
	'adapter check fails for broken adapters and rejects a malformed command line',
	async (t) => {
		const broken = `${process.execPath} ${join(packageRoot, 'test/exec/broken/adapter.js')}`;
		const lines: [string, RegExp][] = [
			[
				`${broken} "wrong version"`,
				/FAIL it says hello\n {5}the adapter speaks protocol 2, not 1\n {5}see "Hello"/,
			],
			[`${broken} "answers twice"`, /FAIL every call that it lists can be made/],
			[`${broken} "exits at once"`, /FAIL it says hello\n {5}the adapter exited with 3/],
			[`${broken} "never ends"`, /FAIL the adapter exits with code 0 when stdin ends/],
			[`${broken} honest`, /FAIL a program with something unknown is skipped/],
		];
		for (const [command, missing] of lines) {
			const { code, out } = await toolHere(['adapter', 'check', command]);
			t.equal(code, 1, command);
			t.match(out, missing, command);
		}
		t.match(await toolHere(['adapter', 'check']), {
			code: 129,
			err: /use: dax-vectors adapter check/,
		});
		t.match(await toolHere(['adapter', 'check', '"a']), { code: 129, err: /takes a program/ });
	},
);

t.test('every request of the runner is valid by the schema', needs('cc'), async (t) => {
	const ajv = new Ajv({
		strict: true,
		allowUnionTypes: true,
		strictRequired: false,
		strictTypes: false,
	});
	ajv.addSchema(schemas);
	const valid = ajv.getSchema('protocol.schema.json')!;
	const lines: string[] = [];
	const { write } = Channel.prototype;
	Channel.prototype.write = function (bytes) {
		lines.push(String(bytes));
		write.call(this, bytes);
	};
	t.teardown(() => {
		Channel.prototype.write = write;
	});
	const adapter = await openExec(binary)!.ready!();
	for (const test of await library()) await decide(test, adapter, OPTIONS);
	await adapter.close!();
	t.ok(lines.length > 100);
	for (const line of lines)
		if (!line.endsWith('}\n') || !valid(JSON.parse(line))) t.fail(line.slice(0, 200));
});
