// SPDX-License-Identifier: MIT
/** Paths of isolated threads: one request runs many, and each run is that of a request for it alone. */
import t, { type Test } from 'tap';
import type { ThreadRun } from '../../implementations/isolated-threads';
import { COMMAND, commands, DONE, INPUT, OUTPUT } from '../../implementations/native/abi';
import { takeApart } from '../../implementations/native/isolated-threads';
import { openMachine } from '../../implementations/native/machine';
import { TreeProcess } from '../../implementations/native/process';
import { portFolder } from '../../implementations/native/sources';
import { findToolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import type { Program } from '../../schema/types/program';
import { caseOf, library } from '../cases';
import { needs } from '../needs';

const CC = needs('cc');

/** Paths of one thread to compare. */
const MAX_PATHS = 50;

/** Word of a request that says how many runs it wants at most. */
const MOST = INPUT + 1;

type Meddle = (words: Int32Array, request: () => number) => number;

/** A process of the port whose requests pass through a function. */
function processOf(t: Test, meddle: Meddle): TreeProcess {
	const toolchain = findToolchain();
	const machine = openMachine(toolchain);
	const request = (memory: ArrayBuffer): number =>
		meddle(new Int32Array(memory), () => machine.addon.request(memory));
	const addon = { ...machine.addon, request };
	const process = new TreeProcess({ ...machine, addon }, compileFolder(portFolder, toolchain));
	t.teardown(() => process.stop());
	return process;
}

const isForPaths = (words: Int32Array): boolean => words[COMMAND] === commands.isolated;

/** Runs of every thread on all values that its reads may return, shortest first, as text. */
function runsOf(process: TreeProcess, program: Program): string[] | undefined {
	const threads = takeApart(process)(program);
	if (!threads) return undefined;
	const found: string[] = [];
	for (let thread = 0; thread < threads.threads; thread++) {
		const open: unknown[][] = [[]];
		for (let index = 0; index < open.length && index < MAX_PATHS; index++) {
			const values = open[index] as [];
			const run = threads.run(thread, values);
			found.push(textOf(run, threads.values));
			const read = run.waits && run.events.at(-1);
			if (read) for (const value of threads.values(read.object)) open.push([...values, value]);
		}
	}
	return found;
}

/** A run with what each read-modify-write stores in place of each value. */
function textOf(
	run: ThreadRun,
	values: (field: string) => readonly (string | boolean | number | null)[],
) {
	const events = run.events.map(({ update, ...event }) => [
		event,
		update && values(event.object).map((old) => String(update(old))),
	]);
	return JSON.stringify({ ...run, events });
}

t.test('a run of many in one request equals that of a request for it alone', CC, async (t) => {
	let [many, single] = [0, 0];
	const together = processOf(t, (words, request) => {
		if (isForPaths(words)) many++;
		return request();
	});
	const alone = processOf(t, (words, request) => {
		if (isForPaths(words)) {
			words[MOST] = 1;
			single++;
		}
		return request();
	});
	for (const { id, program } of await library())
		t.same(runsOf(together, program), runsOf(alone, program), id);
	t.ok(many * 5 < single, `${many} requests instead of ${single}`);
});

t.test('a longer path that ends the process changes nothing', CC, async (t) => {
	const { program } = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	let deaths = 0;
	const dying = processOf(t, (words, request) => {
		if (!isForPaths(words) || words[MOST] === 1) return request();
		deaths++;
		return 11;
	});
	t.same(
		runsOf(dying, program),
		runsOf(
			processOf(t, (_, request) => request()),
			program,
		),
	);
	t.ok(deaths > 0);
});

const forged: readonly (readonly [name: string, forge: (words: Int32Array) => void])[] = [
	['no run', (words) => words.fill(0, DONE, DONE + 1)],
	['more runs than paths', (words) => words.fill(0x7fffffff, DONE, DONE + 1)],
	['many events', (words) => words.fill(0x7fffffff, OUTPUT + 1, OUTPUT + 2)],
	['many records', (words) => words.fill(0x7fffffff, OUTPUT + 2, OUTPUT + 3)],
	[
		'a read without an event',
		(words) => words.fill(0, OUTPUT + 1, OUTPUT + 3).fill(1, OUTPUT, OUTPUT + 1),
	],
	['a read of no field', (words) => words.fill(-1, OUTPUT + 14, OUTPUT + 200)],
];

for (const [name, forge] of forged)
	t.test(`an answer with ${name} is a crash`, CC, async (t) => {
		const { program } = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
		const process = processOf(t, (words, request) => {
			const death = request();
			if (isForPaths(words)) forge(words);
			return death;
		});
		const malformed = { message: /malformed answer/, verdict: 'crash' };
		t.throws(() => takeApart(process)(program)?.run(0, []), malformed);
	});
