// SPDX-License-Identifier: MIT
/** How long weak memory takes: each vector under the LKMM, and all classic litmus tests. */
import { observe } from '../../runner/litmus/verdict';
import { models } from '../../runner/memory/models';
import { classics } from '../litmus/classics';
import { allCases, decide, implementationOf, MERGED } from './problems';
import { below, figure, median, type Section } from './section';

const VECTOR = 100;
const CLASSICS = 3000;
const WARM_UP = 2;
const SAMPLES = 5;
const SHOWN = 5;

export async function memory(): Promise<Section> {
	const cases = await allCases();
	const reference = implementationOf(MERGED);
	const samples = cases.map((): number[] => []);
	for (let round = 0; round < WARM_UP + SAMPLES; round++)
		for (const [index, test] of cases.entries()) {
			const { milliseconds } = await decide(test, reference, { memory: 'lkmm' });
			if (round >= WARM_UP) samples[index]!.push(milliseconds);
		}
	const times = samples.map(median);
	const slowest = [...times.keys()].sort((a, b) => times[b]! - times[a]!);

	const all = classics();
	const wrong: string[] = [];
	const started = performance.now();
	for (const { file, litmus, answers } of all) {
		const { observation } = observe(file, litmus, models.lkmm);
		if (observation !== answers.lkmm) wrong.push(`${file}: ${observation}`);
	}
	const total = performance.now() - started;
	const row = (name: string, time: number, fastest: number, limit: number) => [
		name,
		figure(time),
		figure(fastest),
		...below(limit, time, 'ms'),
	];
	return {
		title: `memory: vectors under the LKMM, the slowest ${SHOWN} of ${cases.length}, and the classics`,
		notes: [
			`Axiomatic, every behaviour judged. Vectors warm, median of ${SAMPLES}; the classics once.`,
		],
		header: ['what', 'ms', 'fastest', 'target', ''],
		rows: [
			...slowest
				.slice(0, SHOWN)
				.map((index) => row(cases[index]!.id, times[index]!, Math.min(...samples[index]!), VECTOR)),
			row(`${all.length} classic litmus tests`, total, total, CLASSICS),
		],
		wrong,
	};
}
