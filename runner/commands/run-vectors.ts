// SPDX-License-Identifier: MIT
import type { Options } from '../decide/decide';
import { SharedFindings } from '../decide/shared-findings';
import { existingList, KnownFailureList } from '../known-failures/list';
import { knownOnReleases } from '../known-failures/releases';
import type { Case } from '../library/compile';
import { reporters } from '../report';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM, INTERRUPTED } from '../report/exit-codes';
import type { Context } from '../report/reporter';
import { openDeciders } from '../run/deciders';
import { Status } from '../run/progress';
import { type Plan, run } from '../run/run';
import type { Terminal } from '../text/terminal';
import { explorationOf, type RunValues } from './run-options';
import { partOf } from './run-part';
import { untilFailure } from './run-reader';
import { adapterProcesses, openDistinct, split, usable } from './run-target';
import { listUpdate } from './run-update';
import { openOwnLibrary } from './vector-words';

/** Runs vectors on implementations and reports each result; gives the exit code. Throws UserError. */
export async function runVectors(
	words: readonly string[],
	values: RunValues,
	terminal: Terminal,
): Promise<number> {
	const exploration = explorationOf(values);
	const { ids, addresses } = split(words, values);
	const named = await openDistinct(addresses, {
		unconfined: values.unconfined,
		onLeftOut: terminal.error,
	});
	const processes = adapterProcesses(values.jobs, named);
	const update = listUpdate(ids, values, named);
	const library = await openOwnLibrary(terminal);
	const { cases, shard } = partOf(library, ids, values);
	const { implementations, exit: atBest } = usable(named, values.reporter ?? 'pretty', terminal);
	if (implementations.length === 0) return CANNOT_TEST;
	const total = cases.length * implementations.length;
	const status = new Status(total);
	const interrupt = new AbortController();
	process.once('SIGINT', () => interrupt.abort());
	const show = () => terminal.progress.update(status.text());
	const options: Options = {
		...exploration,
		shared: new SharedFindings(),
		signal: interrupt.signal,
		explored: (id, address, traces, executions) => {
			status.explored(id, address, traces, executions);
			show();
		},
	};
	const deciders = openDeciders(implementations, cases, options, processes);
	const records = run({
		decider: (each) => deciders.of(each),
		implementations,
		cases,
		...(shard && { shard }),
		selection: { profile: values.profile ?? null, ids: [...ids], tags: [...values.tag] },
		library: library.cases,
		knownFailures: knownFailuresOf(values['known-failures'], update !== undefined),
		options,
		scoreOpen: values.open,
		onStart: ({ id }, { address }) => {
			status.begin(id, address);
			show();
		},
		onEnd: ({ id }, { address }) => status.end(id, address),
	});
	terminal.progress.follow(() => status.text());
	const atMost = (exit: number) => (exit === CONFORMS ? atBest : exit);
	const reader = untilFailure(terminal, interrupt);
	try {
		const context = contextOf(values, cases, library.cases);
		const reporter = reporters[values.reporter ?? 'pretty'](terminal, total, cases, context);
		for (let step = await records.next(); ; step = await records.next()) {
			if (step.done) {
				// An interrupted run says nothing about the rest of the list.
				if (step.value !== INTERRUPTED) update?.write(library.cases, terminal);
				const exit = reader.exit ?? atMost(step.value);
				return values['find-fix'] ? swapped(exit) : exit;
			}
			const { value } = step;
			reporter.write(value.record === 'footer' ? { ...value, exit: atMost(value.exit) } : value);
			if (value.record !== 'result') continue;
			update?.add(value);
			reader.add(value);
		}
	} finally {
		await deciders.close();
		for (const implementation of implementations) await implementation.close?.();
		terminal.progress.stop();
	}
}

/** Facts for the report for people. */
function contextOf({ all }: RunValues, cases: readonly Case[], library: readonly Case[]): Context {
	const own = new Set(library);
	const others = new Map(
		cases.filter((test) => !own.has(test)).map((test) => [test.id, test.source.file]),
	);
	let lookup: Context['knownOn'];
	return {
		all,
		knownOn: (result) => {
			lookup ??= knownOnReleases();
			return lookup(result);
		},
		fileOf: (id) => others.get(id),
	};
}

function knownFailuresOf(given: string | undefined, recording: boolean): Plan['knownFailures'] {
	return ({ target, address }) => {
		const reading = { address, recording };
		return given === undefined
			? KnownFailureList.of(target, undefined, reading)
			: KnownFailureList.read(existingList(given), reading);
	};
}

/** Exit code for --find-fix: git bisect run takes 0 as old and 1 as new, and the old state is the broken one. */
function swapped(exit: number): number {
	if (exit === CONFORMS) return DOES_NOT_CONFORM;
	return exit === DOES_NOT_CONFORM ? CONFORMS : exit;
}
