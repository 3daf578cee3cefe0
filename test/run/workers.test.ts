// SPDX-License-Identifier: MIT
/** Workers: they decide what the main thread decides, and one that ends is reported. */
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { type Kill, killsOfCase } from '../../runner/commands/matrix-case';
import { decide, type Options } from '../../runner/decide/decide';
import { defaults } from '../../runner/decide/defaults';
import { SharedFindings } from '../../runner/decide/shared-findings';
import type { Case } from '../../runner/library/compile';
import { open, openMatrix } from '../../runner/registry';
import type { DecideData, Decided } from '../../runner/run/decide-worker';
import { inProcess } from '../../runner/run/in-process';
import { withWorkers } from '../../runner/run/with-workers';
import { Workers } from '../../runner/run/workers';
import { workersFor } from '../../runner/run/worth-workers';
import { packageRoot } from '../../runner/text/package-root';
import type { Footer, Result } from '../../schema/types/report';
import { library, small } from '../cases';
import { needs } from '../needs';
import { undated } from '../records';
import { tool } from '../tool';

const folder = join(packageRoot, 'dist/runner');
const decideWorker = join(folder, 'run/decide-worker.js');

interface Lost {
	readonly id: string;
	readonly reason: string;
}

/** Has one worker decide all cases; gives its messages by case, and the cases that it lost. */
async function byWorker<Content>(file: string, data: unknown, cases: readonly Case[]) {
	const sent = new Map<Case, Content[]>(cases.map((test) => [test, []]));
	const lost: Lost[] = [];
	const workers = new Workers<Content>({
		cases,
		file,
		data,
		workers: 1,
		onMessage: (test, content) => sent.get(test)?.push(content),
		onLost: ({ id }, reason) => lost.push({ id, reason }),
	});
	await workers.finished;
	return { sent, lost };
}

const textOf = (result: Result): string => undated(JSON.stringify(result));

/** Compares the results of a worker with those of this thread. */
async function compare(
	t: Test,
	cases: readonly Case[],
	targets: readonly Implementation[],
	options: DecideData['options'] = defaults,
): Promise<void> {
	const data: DecideData = { addresses: targets.map(({ address }) => address), options };
	const { sent, lost } = await byWorker<Decided>(decideWorker, data, cases);
	t.same(lost, []);
	const shared = new SharedFindings();
	for (const test of cases) {
		const results = (sent.get(test) ?? []).flatMap((each) => ('result' in each ? each.result : []));
		t.equal(results.length, targets.length, test.id);
		for (const [index, target] of targets.entries()) {
			const here = textOf(await decide(test, target, { ...options, shared }));
			const there = results[index] && textOf(results[index]);
			if (there !== here) t.equal(there, here, `${test.id} on ${target.address}`);
		}
	}
}

t.test('a worker has the results of the main thread, on every revision', async (t) =>
	compare(t, await library(), open('reference:*')),
);

t.test('so it has on seeded bugs', needs('time'), async (t) =>
	compare(t, await library(), openMatrix().mutants),
);

t.test('so it has under a memory model, within bounds and in named orders', async (t) => {
	const some = (await library()).filter(({ id }) => /^DAXV-00(01|27|60)/.test(id));
	t.ok(some.length > 3);
	const targets = open('reference:*');
	await compare(t, some, targets, { ...defaults, memory: 'lkmm' });
	await compare(t, some, targets, { ...defaults, preemptions: 1 });
	await compare(t, some, targets, { ...defaults, order: 'named' });
	await compare(t, some, targets, { ...defaults, budget: 3 });
});

t.test('a worker decides vectors that are not of the library', async (t) => {
	const own = small(`
holders: {A: {}}
device: {alive: true, holder: null, ops: null}
threads: {claim: [{call: fs_dax_get, holder: A, ops: A}]}
outcomes: {claimed: {device: {alive: true, holder: null, ops: null}}}
warnings: none
`);
	await compare(t, [own], open('reference'));
});

t.test('a worker has the kills of the main thread', async (t) => {
	const cases = (await library()).filter(({ id }) => /^DAXV-00(0[12]|26|60|75)/.test(id));
	const file = join(folder, 'commands/matrix-worker.js');
	const { sent, lost } = await byWorker<readonly Kill[]>(file, 'first', cases);
	t.same(lost, []);
	for (const test of cases) {
		const here = await killsOfCase(test, openMatrix(), 'first');
		t.same(sent.get(test)?.flat().map(textOf), here.map(textOf), test.id);
	}
});

t.test('a worker that ends is an error of the case that it had, with its message', async (t) => {
	const cases = (await library()).slice(0, 100);
	const revisions = open('reference:*');
	const unknown = { ...revisions[0]!, address: 'reference:nope' };
	const implementations = [...revisions, unknown];
	const options: Options = { ...defaults, shared: new SharedFindings() };
	const shared = inProcess(options);
	const division = { cases, implementations, options, inProcess: shared };
	const workers = withWorkers({ ...division, workers: 1, file: decideWorker });
	const results = await Promise.all(
		cases.flatMap((test) => implementations.map((each) => workers.decide(test, each, () => {}))),
	);
	await Promise.all([workers.close(), shared.close()]);
	t.equal(results.length, cases.length * implementations.length);
	const errors = results.filter(({ verdict }) => verdict === 'error');
	t.equal(
		errors.length,
		implementations.length,
		'one case, and the main thread decides the others',
	);
	for (const { reason } of errors)
		t.match(reason, /its worker thread ended.*: the reference has no "nope"/);
});

t.test('so is one that exits, and the other cases are left', async (t) => {
	const exits = join(t.testdir({ 'exits.js': 'process.exit(7)' }), 'exits.js');
	const [first, second] = await library();
	const { sent, lost } = await byWorker(exits, null, [first!, second!]);
	t.same([...sent.values()].flat(), []);
	t.match(lost, [{ id: first!.id, reason: /exit code 7$/ }]);
});

t.test('close() ends a worker in the middle of a case, which stays undecided', async (t) => {
	const spins = join(t.testdir({ 'spins.js': 'for (;;);' }), 'spins.js');
	const undecided = () => t.fail('nothing is decided');
	const workers = new Workers({
		cases: await library(),
		file: spins,
		data: null,
		workers: 1,
		onMessage: undecided,
		onLost: undecided,
	});
	await workers.close();
	await workers.finished;
	t.equal(workers.claim(), undefined, 'no case is left to claim');
});

t.test('no worker is started for little work, nor from sources', (t) => {
	t.equal(workersFor(130, decideWorker), 0);
	t.equal(workersFor(100_000, join(packageRoot, 'runner/run/decide-worker.js')), 0);
	t.end();
});

t.test('Ctrl-C ends a run with workers at once, and prints the results so far', async (t) => {
	// Bounds that exclude nothing: some vectors take minutes.
	const long = ['--preemptions', '99', '--budget', '999999999', '--timeout', '600000'];
	let sent = 0;
	const { code, out, err } = await tool(['run', '-i', 'reference:*', '-r', 'json', ...long], {
		watch: (text, child) => {
			if (sent > 0 || !/"record":"result"/.test(text)) return;
			sent = Date.now();
			setTimeout(() => child.kill('SIGINT'), 1_000);
		},
	});
	t.ok(Date.now() - sent < 60_000, 'it does not wait for what workers decide');
	t.equal(code, 130);
	t.notMatch(err, /rror/);
	const footer: Footer = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '');
	t.match(footer, { record: 'footer', exit: 130 });
	t.ok(footer.results > 0);
	t.ok(footer.results < 1000, `${footer.results} results`);
});
