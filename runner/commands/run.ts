// SPDX-License-Identifier: MIT
import type { Options } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { type StrategyName, strategies } from '../explore/explore';
import { givenList, KnownFailureList } from '../known-failures/list';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import { inShard } from '../library/shard';
import { modelNames } from '../memory/models';
import { addressForms, open } from '../registry';
import { type ReporterName, reporters } from '../report';
import { CONFORMS, DOES_NOT_CONFORM, INTERRUPTED } from '../report/exit-codes';
import { openDeciders } from '../run/deciders';
import { Status } from '../run/progress';
import { run as runPlan } from '../run/run';
import { type Command, count, oneOf, text, texts, UsageError } from './command';
import { adapterProcesses } from './run-jobs';
import { runOptions } from './run-options';
import { ofProfile, shardOf } from './run-part';
import { listUpdate } from './run-update';

export const run: Command = {
	summary: 'check vectors on an implementation, over every interleaving',
	usage: '[IDS or globs] [options]',
	about: [
		'Explores every interleaving of each vector and compares what happens with what the vector allows. A failure is',
		'shown as its shortest interleaving, one column a thread, with a token to replay it.',
		'',
		'Implementations:',
		...addressForms.map(([form, about]) => `  ${form.padEnd(22)} ${about}`),
	].join('\n'),
	options: runOptions,
	examples: [
		['dax-vectors run', 'everything, on the model of upstream'],
		[
			'dax-vectors run DAXV-0001 -i reference:v6.12-stable',
			'the put/get race, where it is not fixed',
		],
		['dax-vectors run DAXV-0001 -i native:linux', "a kernel tree's own super.c"],
		['git bisect run dax-vectors run DAXV-0020 -i native:.', 'which commit broke it'],
		["dax-vectors run -i 'reference:*' --tag removal", 'removal, on every revision'],
		['dax-vectors run --memory lkmm', 'what must hold on any CPU that Linux runs on'],
		["dax-vectors run 'DAXV-00*' --preemptions 1 --reporter tap", 'bounded, as TAP'],
	],

	async run(words, values, terminal) {
		const addresses = texts(values, 'implementation');
		const opened = (addresses.length > 0 ? addresses : ['reference']).flatMap((address) =>
			open(address, terminal.error),
		);
		const implementations = await Promise.all(opened.map((each) => each.ready?.() ?? each));
		const repeated = implementations.find(
			({ address }, index) => implementations.findIndex((each) => each.address === address) < index,
		);
		if (repeated) throw new UsageError(`--implementation ${repeated.address} is given twice`);
		const preemptions = count(values, 'preemptions', 0) ?? null;
		const strategy: StrategyName =
			preemptions === null
				? oneOf(values, 'strategy', Object.keys(strategies) as StrategyName[])
				: 'bounded';
		if (preemptions !== null && text(values, 'strategy') !== undefined)
			throw new UsageError('--preemptions chooses the strategy bounded: leave --strategy out');
		const order = oneOf(values, 'order', ['any', 'named'] as const);
		const memory = oneOf(values, 'memory', modelNames);
		const ways = ['order', 'strategy', 'preemptions'].find((name) => name in values);
		if (memory !== 'sc' && ways)
			throw new UsageError(`--memory ${memory} explores no interleavings: leave --${ways} out`);
		const reporterName = oneOf(values, 'reporter', Object.keys(reporters) as ReporterName[]);
		const budget = count(values, 'budget', 1) ?? defaults.budget;
		const timeout = count(values, 'timeout', 1) ?? defaults.timeout;
		const jobs = adapterProcesses(values, implementations);

		const update = listUpdate(words, values, implementations);

		const library = await openLibrary();
		const shard = shardOf(values);
		const profile = text(values, 'profile') ?? null;
		const held = profile === null ? library.cases : ofProfile(profile, library);
		const tags = texts(values, 'tag');
		const cases = selectCases(held, words, tags).filter(
			({ vector }) => !shard || inShard(shard, vector.id),
		);
		const total = cases.length * implementations.length;
		const file = text(values, 'known-failures');
		const reporter = reporters[reporterName](terminal, total, cases);
		const interrupt = new AbortController();
		process.once('SIGINT', () => interrupt.abort());

		const status = new Status(total);
		const show = () => terminal.progress.update(status.text());
		const options: Options = {
			order,
			memory,
			strategy,
			preemptions,
			budget,
			timeout,
			signal: interrupt.signal,
			explored: (id, address, traces, executions) => {
				status.explored(id, address, traces, executions);
				show();
			},
		};
		const deciders = openDeciders(implementations, options, jobs);
		const records = runPlan({
			decider: (each) => deciders.of(each),
			implementations,
			cases,
			...(shard && { shard }),
			selection: { profile, ids: [...words], tags },
			library: library.cases,
			knownFailures: ({ target, address }) => {
				const reading = { address, recording: update !== undefined };
				return file === undefined
					? KnownFailureList.of(target, undefined, reading)
					: KnownFailureList.read(givenList(file), reading);
			},
			options,
			onStart: ({ id }, { address }) => {
				status.begin(id, address);
				show();
			},
			onEnd: ({ id }, { address }) => status.end(id, address),
		});
		terminal.progress.follow(() => status.text());
		try {
			for (let step = await records.next(); ; step = await records.next()) {
				if (step.done) {
					// What was cut short says nothing about the rest of the list.
					if (step.value !== INTERRUPTED) update?.write(library.cases, terminal);
					return values['find-fix'] ? exchanged(step.value) : step.value;
				}
				reporter.write(step.value);
				if (step.value.record === 'result') update?.see(step.value);
			}
		} finally {
			await deciders.close();
			for (const implementation of implementations) await implementation.close?.();
			terminal.progress.stop();
		}
	},
};

/** To git bisect, 0 is old and 1 is new. Where the old state is the broken one, it must hear of it the other way. */
function exchanged(exit: number): number {
	if (exit === CONFORMS) return DOES_NOT_CONFORM;
	return exit === DOES_NOT_CONFORM ? CONFORMS : exit;
}
