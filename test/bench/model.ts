// SPDX-License-Identifier: MIT
/** Measures the rate of the reference alone: every interleaving of put || get, without explorer or judge. */
import type { Implementation, Program, Schedule } from '../../implementations/implementation';
import { Dependence } from '../../runner/explore/dependence';
import { runSearch } from '../../runner/explore/explore';
import { choicesOf } from '../../runner/explore/schedule';
import { naive } from '../explore/naive';
import { caseOf, implementationOf, MERGED, options, PUT_GET } from './problems';
import { atLeast, median, type Section, whole } from './section';

const ACCESSES_PER_SECOND = 1_000_000;
const SAMPLE_MS = 300;
/** Number of first samples, which do not count. */
const WARM_UP_SAMPLES = 2;
const SAMPLES = 7;

export async function model(): Promise<Section> {
	const { program } = await caseOf(PUT_GET);
	const reference = implementationOf(MERGED);

	const { schedules, executions } = await naiveSchedules(program, reference);
	let events = 0;
	let accesses = 0;
	const interleavings = new Set<string>();
	for (const schedule of schedules) {
		const [execution] = await reference.execute(program, [schedule]);
		events += execution!.events.length;
		accesses += execution!.events.filter(({ op }) => op !== 'call' && op !== 'return').length;
		interleavings.add(choicesOf(execution!).join());
	}

	const rates: number[] = [];
	for (let sample = 0; sample < WARM_UP_SAMPLES + SAMPLES; sample++) {
		const started = performance.now();
		let rounds = 0;
		let elapsed = 0;
		for (; elapsed < SAMPLE_MS; elapsed = performance.now() - started) {
			// Passes one schedule a call, as the explorer does.
			for (const schedule of schedules) reference.execute(program, [schedule]);
			rounds++;
		}
		if (sample >= WARM_UP_SAMPLES) rates.push((rounds * 1000) / elapsed);
	}
	const rate = median(rates);
	const row = (name: string, count: number): string[] => [
		name,
		...[rate, Math.min(...rates), Math.max(...rates)].map((each) => whole(each * count)),
	];
	const wrong: string[] = [];
	if (executions !== interleavings.size)
		wrong.push(`${executions} executions for ${interleavings.size} interleavings`);
	return {
		title: 'model: put || get on the reference, one core',
		notes: [
			`Implementation.execute() alone, one schedule a call: the ${whole(schedules.length)} that lead to all ${whole(interleavings.size)} interleavings, again and`,
			`again, neither explored nor judged. Warm; median, slowest and fastest of ${SAMPLES} samples of ${SAMPLE_MS} ms.`,
		],
		header: ['figure', 'per second', 'slowest', 'fastest', 'target', ''],
		rows: [
			[
				...row('accesses', accesses),
				...atLeast(ACCESSES_PER_SECOND, rate * accesses, 'accesses/s'),
			],
			row('events (with calls and returns)', events),
			row('executions', schedules.length),
		],
		wrong,
	};
}

/** Records the schedules of the naive search, from the empty to complete ones, and counts its executions. */
async function naiveSchedules(program: Program, reference: Implementation) {
	const schedules: Schedule[] = [];
	const recorder: Implementation = {
		...reference,
		execute: (asked, batch) => {
			schedules.push(...batch.map((schedule) => [...schedule]));
			return reference.execute(asked, batch);
		},
	};
	const { executions } = await runSearch(naive(), {
		implementation: recorder,
		program,
		dependence: new Dependence(),
		options,
		visit: () => {},
	});
	return { schedules, executions };
}
