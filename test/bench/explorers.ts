// SPDX-License-Identifier: MIT
/** Compares the search strategies side by side. Exhaustive ones must find the same traces. */
import { Dependence } from '../../runner/explore/dependence';
import { runSearch } from '../../runner/explore/explore';
import type { Trace } from '../../runner/explore/trace';
import { judgeTrace } from '../../runner/judge/judge-trace';
import { type SearchName, searches } from '../explore/searches';
import { caseOf, implementationOf, KILL_PUT_GET, MERGED, OLD, options, PUT_GET } from './problems';
import { figure, type Section, sideBySide, whole } from './section';

const SAMPLES = 5;
const MAX_PREEMPTIONS = 2;

/** Program, case, address and searches; naive for put || get only, because three threads have too many interleavings. */
const PROBLEMS: readonly [string, string, string, readonly SearchName[]][] = [
	['put||get', PUT_GET, OLD, ['source-dpor', 'sleep-sets', 'bounded', 'naive']],
	['put||get', PUT_GET, MERGED, ['source-dpor', 'sleep-sets', 'bounded', 'naive']],
	['kill||put||get', KILL_PUT_GET, OLD, ['source-dpor', 'sleep-sets', 'bounded']],
	['kill||put||get', KILL_PUT_GET, MERGED, ['source-dpor', 'sleep-sets', 'bounded']],
];

interface Found {
	readonly executions: number;
	readonly ended: boolean;
	readonly traces: ReadonlySet<string>;
	readonly bad: ReadonlySet<string>;
}

export async function explorers(): Promise<Section> {
	const rows: string[][] = [];
	const wrong: string[] = [];
	for (const [program, id, address, names] of PROBLEMS) {
		const test = await caseOf(id);
		const implementation = implementationOf(address);
		const found = new Map<SearchName, Found>();
		const search = async (name: SearchName) => {
			const traces = new Set<string>();
			const bad = new Set<string>();
			const visit = (trace: Trace): void => {
				traces.add(trace.key());
				if (judgeTrace(test, trace).violations.length > 0) bad.add(trace.key());
			};
			const { program } = test;
			const dependence = new Dependence(test.observations);
			const bound = { preemptions: MAX_PREEMPTIONS, completed: null };
			const exploration = { implementation, program, dependence, options, visit };
			const run = await runSearch(searches[name](dependence, bound), exploration);
			found.set(name, { ...run, traces, bad });
		};
		const contestants = Object.fromEntries(names.map((name) => [name, () => search(name)]));
		const times = await sideBySide(contestants, SAMPLES);

		wrong.push(...contradictions(found).map((each) => `${each} for ${program} on ${address}`));
		for (const [name, { executions, traces, bad }] of found)
			rows.push([
				program,
				address,
				name === 'bounded' ? `bounded, <= ${MAX_PREEMPTIONS} preemptions` : name,
				whole(executions),
				whole(traces.size),
				whole(bad.size),
				figure(times[name]!),
				`${figure(times[name]! / times['source-dpor']!)} x`,
			]);
	}
	return {
		title: 'explorers: the strategies side by side',
		notes: [
			`Time to explore and judge. Strategies take turns, median of ${SAMPLES}.`,
			'Exhaustive strategies must find the same traces and the same bad ones, the bounded one a subset of them.',
		],
		header: ['program', 'on', 'strategy', 'executions', 'traces', 'bad', 'ms', 'to source-dpor'],
		rows,
		wrong,
	};
}

/** Describes how searches contradict source-dpor: exhaustive ones find its traces, the bounded one some of them. */
function contradictions(found: ReadonlyMap<SearchName, Found>): string[] {
	const first = found.get('source-dpor')!;
	return [...found].flatMap(([name, { ended, traces, bad }]) => {
		const differs = (seen: ReadonlySet<string>, known: ReadonlySet<string>) =>
			[...seen].some((key) => !known.has(key)) || (name !== 'bounded' && seen.size < known.size);
		return [
			...(ended ? [] : [`${name} did not end within the budget`]),
			...(differs(traces, first.traces) ? [`${name} has other traces than source-dpor`] : []),
			...(differs(bad, first.bad) ? [`${name} has other bad traces than source-dpor`] : []),
		];
	});
}
