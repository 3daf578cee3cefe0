// SPDX-License-Identifier: MIT
/** How long a vector takes: each one explored exhaustively and judged on the reference. */
import { KnownFailureList } from '../../runner/known-failures/list';
import type { Result } from '../../schema/types/report';
import { allCases, decide, implementationOf, MERGED } from './problems';
import { below, figure, median, type Section } from './section';

const MILLISECONDS = 50;
const WARM_UP = 2;
const SAMPLES = 5;
const SHOWN = 5;

export async function vectors(): Promise<Section> {
	const cases = await allCases();
	const reference = implementationOf(MERGED);
	const known = KnownFailureList.of(reference.target);
	const samples = cases.map((): number[] => []);
	const results: Result[] = [];
	// Round by round and not vector by vector, so that a busy moment does not decide who is slowest.
	for (let round = 0; round < WARM_UP + SAMPLES; round++)
		for (const [index, test] of cases.entries()) {
			const result = await decide(test, reference);
			results[index] = known.apply(result);
			if (round >= WARM_UP) samples[index]!.push(result.milliseconds);
		}

	const times = samples.map(median);
	const slowest = [...times.keys()].sort((a, b) => times[b]! - times[a]!);
	const over = times.filter((time) => time >= MILLISECONDS).length;
	const wrong = results.flatMap(({ id, scored, verdict, completeness }) => {
		if (scored && !['pass', 'xfail', 'skip'].includes(verdict)) return [`${id} is ${verdict}`];
		if (verdict === 'skip') return [];
		return completeness.kind === 'exhaustive' ? [] : [`${id} is not exhaustive`];
	});
	return {
		title: `vectors: all ${cases.length} of the library on the reference, the slowest ${SHOWN}`,
		notes: [
			`Explored exhaustively (source-dpor), every trace executed twice and judged, failures explained. Warm; median of ${SAMPLES}.`,
			`All of them together ${figure(times.reduce((sum, time) => sum + time, 0))} ms, the median one ${figure(median(times))} ms; ${over} of ${cases.length} at ${MILLISECONDS} ms or more.`,
		],
		header: ['vector', 'ms', 'fastest', 'traces', 'executions', 'verdict', 'target', ''],
		rows: slowest.slice(0, SHOWN).map((index) => {
			const { id, completeness, verdict, scored } = results[index]!;
			return [
				id,
				figure(times[index]!),
				figure(Math.min(...samples[index]!)),
				String(completeness.traces),
				String(completeness.executions),
				scored ? verdict : `${verdict} (open)`,
				...below(MILLISECONDS, times[index]!, 'ms'),
			];
		}),
		wrong,
	};
}
