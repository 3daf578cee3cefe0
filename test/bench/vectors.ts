// SPDX-License-Identifier: MIT
/** Measures the time to explore each vector exhaustively and to judge it, on the reference. */
import { KnownFailureList } from '../../runner/known-failures/list';
import type { Result } from '../../schema/types/report';
import { allCases, decide, implementationOf, MERGED } from './problems';
import { below, figure, median, type Section } from './section';

const TARGET_MS = 50;
const WARM_UP_ROUNDS = 2;
const SAMPLES = 5;
const ROWS = 5;

export async function vectors(): Promise<Section> {
	const cases = await allCases();
	const reference = implementationOf(MERGED);
	const known = KnownFailureList.of(reference.target);
	const samples = cases.map((): number[] => []);
	const results: Result[] = [];
	// Measures in rounds, so that a busy moment of the machine does not affect all samples of one vector.
	for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round++)
		for (const [index, test] of cases.entries()) {
			const result = await decide(test, reference);
			results[index] = known.apply(result);
			if (round >= WARM_UP_ROUNDS) samples[index]!.push(result.milliseconds);
		}

	const times = samples.map(median);
	const slowest = [...times.keys()].sort((a, b) => times[b]! - times[a]!);
	const over = times.filter((time) => time >= TARGET_MS).length;
	const wrong = results.flatMap(({ id, scored, verdict, completeness }) => {
		if (scored && !['pass', 'xfail', 'skip'].includes(verdict)) return [`${id} is ${verdict}`];
		if (verdict === 'skip') return [];
		return completeness.kind === 'exhaustive' ? [] : [`${id} is not exhaustive`];
	});
	return {
		title: `vectors: all ${cases.length} of the library on the reference, the slowest ${ROWS}`,
		notes: [
			`Explored exhaustively (source-dpor), every trace judged, failures explained. Warm; median of ${SAMPLES}.`,
			`All together ${figure(times.reduce((sum, time) => sum + time, 0))} ms, the median one ${figure(median(times))} ms; ${over} of ${cases.length} at ${TARGET_MS} ms or more.`,
		],
		header: ['vector', 'ms', 'fastest', 'traces', 'executions', 'verdict', 'target', ''],
		rows: slowest.slice(0, ROWS).map((index) => {
			const { id, completeness, verdict, scored } = results[index]!;
			return [
				id,
				figure(times[index]!),
				figure(Math.min(...samples[index]!)),
				String(completeness.traces),
				String(completeness.executions),
				scored ? verdict : `${verdict} (open)`,
				...below(TARGET_MS, times[index]!, 'ms'),
			];
		}),
		wrong,
	};
}
