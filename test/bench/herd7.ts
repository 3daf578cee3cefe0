// SPDX-License-Identifier: MIT
/** Compares the memory engine with herd7, the simulator of the kernel's memory model, on the same litmus tests. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { models } from '../../runner/memory/models';
import { packageRoot } from '../../runner/text/package-root';
import { herd7 as commandOf } from '../litmus/herd7';
import { parseLitmus } from '../litmus/parse';
import { observe } from '../litmus/verdict';
import { debianTree } from '../native/debian';
import { caseOf, decide, implementationOf, MERGED } from './problems';
import { figure, median, milliseconds, type Section } from './section';

/** A test that herd7 has not finished by then counts as not finished. */
const TIMEOUT_MS = 20_000;
const SAMPLES = 3;
const FOLDER = join(packageRoot, 'test/fixtures/litmus-exports');
/** Tests of the table: those that take herd7 longest. */
const ROWS = 8;

interface Measured {
	readonly file: string;
	readonly threads: number;
	readonly herd7: number;
	readonly engine: number;
	/** The vector itself, as run --memory lkmm decides it. */
	readonly vector: number;
	readonly finished: boolean;
}

export async function herd7(): Promise<Section> {
	const title = 'herd7: vectors as litmus tests under the LKMM';
	const wrong: string[] = [];
	let command: readonly string[];
	let memoryModel: string;
	try {
		command = commandOf();
		memoryModel = join(debianTree('6.12'), 'tools/memory-model');
	} catch (error) {
		const notes = [
			`not-run: herd7 or the memory model cannot be fetched: ${(error as Error).message}`,
		];
		return { title, notes, header: [], rows: [], wrong };
	}
	const measured: Measured[] = [];
	for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.litmus')))
		measured.push(await compare(file, { command, memoryModel }, wrong));
	const finished = measured.filter((each) => each.finished);
	const sum = (which: 'herd7' | 'engine' | 'vector') =>
		finished.reduce((total, each) => total + each[which], 0);
	const rows = [...measured].sort((a, b) => b.herd7 - a.herd7).slice(0, ROWS);
	return {
		title,
		notes: [
			'herd7: the litmus test that "export --litmus" writes, with tools/memory-model of Linux 6.12; a process each, once.',
			`engine: the same text, parsed and decided in this process, median of ${SAMPLES}. Both read the same program, which is`,
			'a model by hand: the calls of the reference as the export writes them. vector: the expectations of the vector on',
			"the reference, as run --memory lkmm decides them; run -i native:LINUX decides them on the user's file (section memory).",
			`Verdicts are the same on all ${finished.length} tests that herd7 finished within ${TIMEOUT_MS / 1000} s; the ${ROWS} longest are shown.`,
		],
		header: ['litmus test', 'threads', 'herd7 ms', 'engine ms', 'ratio', 'vector ms', 'ratio'],
		rows: [
			...rows.map((each) => row(each.file, `${each.threads}`, each)),
			row(`all ${finished.length} that herd7 finished`, '', {
				herd7: sum('herd7'),
				engine: sum('engine'),
				vector: sum('vector'),
				finished: true,
			}),
		],
		wrong,
	};
}

const row = (
	name: string,
	threads: string,
	{ herd7, engine, vector, finished }: Omit<Measured, 'file' | 'threads'>,
): string[] => [
	name,
	threads,
	finished ? figure(herd7) : `not in ${TIMEOUT_MS}`,
	figure(engine),
	ratio(herd7 / engine, finished),
	figure(vector),
	ratio(herd7 / vector, finished),
];

const ratio = (value: number, finished: boolean): string =>
	`${finished ? '' : '> '}${figure(value)} x`;

interface Tool {
	readonly command: readonly string[];
	readonly memoryModel: string;
}

async function compare(
	file: string,
	{ command: [program = '', ...options], memoryModel }: Tool,
	wrong: string[],
): Promise<Measured> {
	const path = join(FOLDER, file);
	const text = readFileSync(path, 'utf8');
	const [, stated] = /Result: (\w+)/.exec(text) ?? [];
	const litmus = parseLitmus(file, text);
	const samples: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++)
		samples.push(
			await milliseconds(() => {
				const { observation } = observe(parseLitmus(file, text), models.lkmm);
				if (observation !== stated) wrong.push(`engine: ${file} is ${observation}, not ${stated}`);
			}),
		);
	const started = performance.now();
	const run = spawnSync(program, [...options, '-conf', 'linux-kernel.cfg', path], {
		cwd: memoryModel,
		encoding: 'utf8',
		timeout: TIMEOUT_MS,
	});
	const taken = performance.now() - started;
	const [, seen] = /^Observation \S+ (\w+)/m.exec(run.stdout) ?? [];
	const finished = run.error === undefined;
	if (finished && seen !== stated)
		wrong.push(`herd7: ${file} is ${seen}, not ${stated}: ${run.stderr}`);
	return {
		file,
		threads: litmus.processes.length,
		herd7: finished ? taken : TIMEOUT_MS,
		engine: median(samples),
		vector: await vectorTime(file),
		finished,
	};
}

async function vectorTime(file: string): Promise<number> {
	const test = await caseOf(file.replace('.litmus', '').replace('+', '/'));
	const reference = implementationOf(MERGED);
	const samples: number[] = [];
	for (let sample = 0; sample < SAMPLES; sample++)
		samples.push((await decide(test, reference, { memory: 'lkmm' })).milliseconds);
	return median(samples);
}
