// SPDX-License-Identifier: MIT
/** Measures native C in the addon, through Implementation.execute() and as a whole process, and compares it with Spin. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import { openMachine } from '../../implementations/native/machine';
import { TreeProcess } from '../../implementations/native/process';
import { portFolder } from '../../implementations/native/sources';
import { findToolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import { packageRoot } from '../../runner/text/package-root';
import { debianTree } from '../native/debian';
import { build, firstLine } from './pan';
import { caseOf, decide, implementationOf, KILL_PUT_GET, OLD, PUT_GET } from './problems';
import {
	atLeast,
	below,
	figure,
	median,
	milliseconds,
	type Section,
	sideBySide,
	whole,
} from './section';

const SAMPLES = 9;
/** Before the samples of explorations: V8 has compiled by then what they use. */
const WARM_UP_ROUNDS = 20;
const BATCH = 5000;

export async function native(): Promise<Section> {
	const tree = debianTree('6.12');
	const wrong: string[] = [];
	const rows = [
		...(await rates('the port', portFolder)),
		...(await rates("Debian's 6.12", tree)),
		...(await questions(tree, wrong)),
		...(await waits(tree, wrong)),
	];
	return {
		title: "native: a tree's own super.c",
		notes: [
			'inside: executions of put||get in the process of the tree, not decoded; whole: decoded, through',
			`Implementation.execute() in batches of ${whole(BATCH)}. Median of ${SAMPLES}.`,
			'explored: every interleaving of the real file, judged, the failure explained, warm. spin: its verifier on a model written',
			'by hand (test/bench/promela), the search alone and with generation and compilation: it runs no kernel file.',
			'first use compiles the machine and the tree; a later run finds both in the cache. Both include the start of Node.',
		],
		header: ['what', 'on', 'figure', 'unit', 'target', ''],
		rows,
		wrong,
	};
}

/** Measures executions per second. */
async function rates(name: string, tree: string): Promise<string[][]> {
	const { program } = await caseOf(PUT_GET);
	const toolchain = findToolchain();
	const machine = openMachine(toolchain);
	const { addon } = machine;
	let inside = 0;
	const metered = {
		...addon,
		request(memory: ArrayBuffer) {
			const started = performance.now();
			const death = addon.request(memory);
			inside += performance.now() - started;
			return death;
		},
	};
	const process = new TreeProcess({ ...machine, addon: metered }, compileFolder(tree, toolchain));
	const batch = Array.from({ length: BATCH }, (_, index) => (index % 2 ? [0, 0, 1, 1, 1, 1] : []));
	const samples: { inside: number; whole: number }[] = [];
	for (let sample = -SAMPLES; sample < SAMPLES; sample++) {
		inside = 0;
		const taken = await milliseconds(() => process.execute(program, batch));
		if (sample >= 0) samples.push({ inside, whole: taken });
	}
	process.stop();
	const rate = (which: 'inside' | 'whole') =>
		(BATCH * 1000) / median(samples.map((sample) => sample[which]));
	const row = (which: 'inside' | 'whole', target: number) => {
		const value = rate(which);
		return [`put||get ${which}`, name, whole(value), 'executions/s', ...atLeast(target, value, '')];
	};
	return [row('inside', 1_000_000), row('whole', 300_000)];
}

/** Measures both questions on the real file and on Spin, which take turns. */
async function questions(tree: string, wrong: string[]): Promise<string[][]> {
	const real = implementationOf(`native:${tree}`);
	const model = implementationOf(OLD);
	const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-bench-'));
	const rows: string[][] = [];
	try {
		for (const [id, name] of [
			[PUT_GET, 'put-get'],
			[KILL_PUT_GET, 'kill-put-get'],
		] as const)
			rows.push(...(await ask(id, name, { real, model, folder, wrong })));
	} finally {
		rmSync(folder, { recursive: true });
		await real.close?.();
	}
	return rows;
}

interface Asked {
	readonly real: Implementation;
	readonly model: Implementation;
	readonly folder: string;
	readonly wrong: string[];
}

async function ask(
	id: string,
	name: string,
	{ real, model, folder, wrong }: Asked,
): Promise<string[][]> {
	const test = await caseOf(id);
	const there = firstLine('spin', '-V') !== null;
	const verifier = there ? await build(folder, name, ['-DOLD_PUT']) : undefined;
	const search = () => {
		if (verifier?.search('reduced').holds) wrong.push(`spin: ${name} holds`);
	};
	let traces = 0;
	const explore = async (implementation: Implementation) => {
		const { verdict, completeness, failures } = await decide(test, implementation);
		traces = completeness.traces;
		if (failures.length === 0) wrong.push(`${id} on ${implementation.address}: ${verdict}`);
	};
	for (let round = 0; round < WARM_UP_ROUNDS; round++) {
		await explore(model);
		await explore(real);
	}
	const times = await sideBySide(
		{ real: () => explore(real), model: () => explore(model), search },
		SAMPLES,
	);
	const target = id === KILL_PUT_GET ? below(8, times.real, 'ms') : [];
	const rows = [
		[`${name} explored`, `real file, ${traces} traces`, figure(times.real), 'ms', ...target],
		[`${name} explored`, 'model in TypeScript', figure(times.model), 'ms'],
	];
	if (verifier) {
		const chain = times.search + verifier.generate + verifier.compile.reduced;
		rows.push([`${name} searched`, 'spin, search alone', figure(times.search), 'ms']);
		rows.push([`${name} searched`, 'spin, whole chain', figure(chain), 'ms']);
	}
	return rows;
}

/** Measures whole runs: the first one, which compiles, and later ones. */
async function waits(tree: string, wrong: string[]): Promise<string[][]> {
	const cache = mkdtempSync(join(tmpdir(), 'dax-vectors-cache-'));
	const env = { ...process.env, XDG_CACHE_HOME: cache };
	const run = () => {
		const args = ['dist/runner/cli.js', 'run', '-i', `native:${tree}`];
		const { status, stderr } = spawnSync(process.execPath, args, { cwd: packageRoot, env });
		if (status !== 1) wrong.push(`run exits ${status}: ${stderr}`);
	};
	const first = await milliseconds(run);
	const later = await sideBySide(
		{ run, node: () => execFileSync(process.execPath, ['-e', '']) },
		5,
	);
	rmSync(cache, { recursive: true });
	return [
		['all vectors, first use', "Debian's 6.12", figure(first), 'ms', ...below(5000, first, 'ms')],
		[
			'all vectors, later',
			"Debian's 6.12",
			figure(later.run),
			'ms',
			...below(1000, later.run, 'ms'),
		],
		['node -e ""', '', figure(later.node), 'ms'],
	];
}
