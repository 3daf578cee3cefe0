// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Options } from '../decide/decide';
import { existingList, KnownFailureList } from '../known-failures/list';
import { knownOnReleases } from '../known-failures/releases';
import type { Case } from '../library/compile';
import { fullId } from '../library/select';
import { type ReporterName, reporters } from '../report';
import {
	CANNOT_TEST,
	CONFORMS,
	DOES_NOT_CONFORM,
	type ExitCode,
	INTERRUPTED,
} from '../report/exit-codes';
import type { Context } from '../report/reporter';
import { exitCodeOf } from '../report/verdicts';
import { openDeciders } from '../run/deciders';
import { Status } from '../run/progress';
import { type Plan, run } from '../run/run';
import { isFolder } from '../text/is-folder';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { defaultAddress } from './kernel-tree';
import { openAll } from './open';
import { UsageError } from './option';
import { explorationOf, type RunValues } from './run-options';
import { partOf } from './run-part';
import { listUpdate } from './run-update';
import { isVectorFile, openOwnLibrary } from './vector-words';

/** Runs vectors on implementations and reports each result; gives the exit code. Throws UserError. */
export async function runVectors(
	words: readonly string[],
	values: RunValues,
	terminal: Terminal,
): Promise<number> {
	const exploration = explorationOf(values);
	const { ids, addresses } = split(words, values);
	const named = await openDistinct(addresses, terminal);
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

/** Ids and files among the words, and the addresses: a folder among the words is a kernel tree. */
function split(
	words: readonly string[],
	{ implementation, open }: RunValues,
): { ids: readonly string[]; addresses: readonly string[] } {
	const isTree = (word: string) => !isVectorFile(word) && !isId(word) && isFolder(word);
	const ids = words.filter((word) => !isTree(word));
	if (open && ids.length === 0)
		throw new UsageError('--open scores the vectors that you name: add an id, such as DAXV-0014');
	const addresses = [...implementation, ...words.filter(isTree).map((path) => `native:${path}`)];
	return { ids, addresses: addresses.length > 0 ? addresses : [defaultAddress()] };
}

const isId = (word: string): boolean => /^DAXV-\d{4}(\/\w+)?$/.test(fullId(word));

/** Throws UsageError for an address that is given twice. */
async function openDistinct(
	addresses: readonly string[],
	{ error }: Terminal,
): Promise<readonly Implementation[]> {
	const opened = await openAll(addresses, error);
	const seen = new Set<string>();
	for (const { address } of opened) {
		if (seen.has(address)) throw new UsageError(`--implementation ${address} is given twice`);
		seen.add(address);
	}
	return opened;
}

/**
 * For people, leaves out implementations that cannot execute, with one line about each, and gives the exit code of a run
 * in which the others conform. Reports for machines keep them: each vector is not-run there.
 */
function usable(
	implementations: readonly Implementation[],
	reporter: ReporterName,
	{ error }: Terminal,
): { implementations: readonly Implementation[]; exit: ExitCode } {
	if (reporter !== 'pretty') return { implementations, exit: CONFORMS };
	const unable = implementations.filter(({ obstacle }) => obstacle);
	for (const { address, obstacle } of unable)
		error(`dax-vectors: ${printable(`${address} cannot be tested: ${obstacle?.reason}`)}`);
	const undecided = unable.some(({ obstacle }) => obstacle?.verdict === 'not-run');
	return {
		implementations: implementations.filter(({ obstacle }) => !obstacle),
		exit: undecided ? CANNOT_TEST : CONFORMS,
	};
}

interface Reader {
	/** Exit code of a run that ended early because its reader is gone. */
	exit?: ExitCode;
	add(result: Result): void;
}

/** Where the reader of stdout is gone (| head), goes on until the first failure, so that the exit code stays true. */
function untilFailure(terminal: Terminal, interrupt: AbortController): Reader {
	let closed = false;
	let failed = false;
	const stop = () => {
		if (!closed || !failed) return;
		reader.exit = DOES_NOT_CONFORM;
		interrupt.abort();
	};
	terminal.whenClosed = () => {
		closed = true;
		stop();
	};
	const reader: Reader = {
		add: (result) => {
			failed ||= exitCodeOf([result]) === DOES_NOT_CONFORM;
			stop();
		},
	};
	return reader;
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
