// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import type { Implementation } from '../../implementations/implementation';
import type { Options } from '../decide/decide';
import { existingList, KnownFailureList } from '../known-failures/list';
import { openLibrary } from '../library/library';
import { reporters } from '../report';
import { CONFORMS, DOES_NOT_CONFORM, INTERRUPTED } from '../report/exit-codes';
import { openDeciders } from '../run/deciders';
import { Status } from '../run/progress';
import { type Plan, run } from '../run/run';
import type { Terminal } from '../text/terminal';
import { openAll } from './open';
import { UsageError } from './option';
import { explorationOf, type RunValues } from './run-options';
import { partOf } from './run-part';
import { listUpdate } from './run-update';

/** Runs vectors on implementations and reports each result; gives the exit code. Throws UserError. */
export async function runVectors(
	words: readonly string[],
	values: RunValues,
	terminal: Terminal,
): Promise<number> {
	const exploration = explorationOf(values);
	const implementations = await openDistinct(values.implementation, terminal);
	const processes = adapterProcesses(values.jobs, implementations);
	const update = listUpdate(words, values, implementations);
	const library = await openLibrary();
	const { cases, shard } = partOf(library, words, values);
	const total = cases.length * implementations.length;
	const status = new Status(total);
	const interrupt = new AbortController();
	process.once('SIGINT', () => interrupt.abort());
	const show = () => terminal.progress.update(status.text());
	const options: Options = {
		...exploration,
		signal: interrupt.signal,
		explored: (id, address, traces, executions) => {
			status.explored(id, address, traces, executions);
			show();
		},
	};
	const deciders = openDeciders(implementations, options, processes);
	const records = run({
		decider: (each) => deciders.of(each),
		implementations,
		cases,
		...(shard && { shard }),
		selection: { profile: values.profile ?? null, ids: [...words], tags: [...values.tag] },
		library: library.cases,
		knownFailures: knownFailuresOf(values['known-failures'], update !== undefined),
		options,
		onStart: ({ id }, { address }) => {
			status.begin(id, address);
			show();
		},
		onEnd: ({ id }, { address }) => status.end(id, address),
	});
	terminal.progress.follow(() => status.text());
	try {
		const reporter = reporters[values.reporter ?? 'pretty'](terminal, total, cases);
		for (let step = await records.next(); ; step = await records.next()) {
			if (step.done) {
				// An interrupted run says nothing about the rest of the list.
				if (step.value !== INTERRUPTED) update?.write(library.cases, terminal);
				return values['find-fix'] ? swapped(step.value) : step.value;
			}
			reporter.write(step.value);
			if (step.value.record === 'result') update?.add(step.value);
		}
	} finally {
		await deciders.close();
		for (const implementation of implementations) await implementation.close?.();
		terminal.progress.stop();
	}
}

/** Throws UsageError for an address that is given twice. */
async function openDistinct(
	addresses: readonly string[],
	{ error }: Terminal,
): Promise<readonly Implementation[]> {
	const opened = await openAll(addresses.length > 0 ? addresses : ['reference'], error);
	const seen = new Set<string>();
	for (const { address } of opened) {
		if (seen.has(address)) throw new UsageError(`--implementation ${address} is given twice`);
		seen.add(address);
	}
	return opened;
}

/** Processes of an adapter at the same time. Throws UsageError for --jobs without an adapter. */
function adapterProcesses(
	jobs: number | undefined,
	implementations: readonly Implementation[],
): number {
	if (jobs !== undefined && !implementations.some((each) => each.another))
		throw new UsageError(
			'--jobs N is how many processes of an exec:COMMAND adapter run at the same time: leave it out',
		);
	return jobs ?? availableParallelism();
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
