// SPDX-License-Identifier: MIT
/** Measures the memory engine: each vector under the LKMM, on the reference and on C, and all classic litmus tests. */

import { models } from '../../runner/memory/models';
import { classics } from '../litmus/classics';
import { observe } from '../litmus/verdict';
import { allCases, decide, implementationOf, MERGED } from './problems';
import { below, figure, median, type Section } from './section';

const VECTOR_TARGET_MS = 40;
const CLASSICS_TARGET_MS = 3000;
const WARM_UP_ROUNDS = 5;
const SAMPLES = 9;
const ROWS = 5;

export async function memory(): Promise<Section> {
	const rows = [...(await slowest(MERGED)), ...(await slowest('native'))];
	const all = classics();
	const wrong: string[] = [];
	const started = performance.now();
	for (const { file, litmus, answers } of all) {
		const { observation } = observe(litmus, models.lkmm);
		if (observation !== answers.lkmm) wrong.push(`${file}: ${observation}`);
	}
	const total = performance.now() - started;
	return {
		title: `memory: vectors under the LKMM, the slowest ${ROWS} of each, and the classics`,
		notes: [
			`Axiomatic; every behaviour is judged. Vectors: warm, median of ${SAMPLES}. Classics: once.`,
		],
		header: ['what', 'on', 'ms', 'fastest', 'target', ''],
		rows: [...rows, row(`${all.length} classic litmus tests`, '', [total], CLASSICS_TARGET_MS)],
		wrong,
	};
}

async function slowest(address: string): Promise<string[][]> {
	const cases = await allCases();
	const implementation = implementationOf(address);
	const samples = cases.map((): number[] => []);
	for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round++)
		for (const [index, test] of cases.entries()) {
			const { milliseconds } = await decide(test, implementation, { memory: 'lkmm' });
			if (round >= WARM_UP_ROUNDS) samples[index]!.push(milliseconds);
		}
	await implementation.close?.();
	const times = samples.map(median);
	const order = [...times.keys()].sort((a, b) => times[b]! - times[a]!);
	return order
		.slice(0, ROWS)
		.map((index) => row(cases[index]!.id, address, samples[index]!, VECTOR_TARGET_MS));
}

function row(name: string, address: string, samples: readonly number[], limit: number): string[] {
	const time = median([...samples]);
	return [name, address, figure(time), figure(Math.min(...samples)), ...below(limit, time, 'ms')];
}
