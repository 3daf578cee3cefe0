// SPDX-License-Identifier: MIT
import { CONFORMS, DOES_NOT_CONFORM } from '../exit-code';
import { type StrategyName, strategies } from '../explore/explore';
import { KnownFailureList } from '../known-failures';
import { openLibrary, select } from '../library';
import { addressForms, open } from '../registry';
import { type ReporterName, reporters } from '../report';
import { run as runPlan } from '../run';
import { type Command, count, oneOf, text, texts, UsageError } from './command';

/** Executions and milliseconds that a vector may take by default. */
const BUDGET = 200_000;
const TIMEOUT = 60_000;

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
	options: {
		implementation: {
			type: 'string',
			short: 'i',
			multiple: true,
			value: 'ADDRESS',
			about: 'what to check; several give a table (default: reference)',
		},
		tag: { type: 'string', multiple: true, value: 'TAG', about: 'only vectors with this tag' },
		order: {
			type: 'string',
			value: 'any|named',
			about: 'every interleaving, or only the orders that vectors name (default: any)',
		},
		preemptions: {
			type: 'string',
			value: 'N',
			about: 'only interleavings with at most N preemptions, fewest first',
		},
		budget: {
			type: 'string',
			value: 'N',
			about: `executions a vector may take (default: ${BUDGET}); out of budget is not-run`,
		},
		timeout: {
			type: 'string',
			value: 'MS',
			about: `milliseconds a vector may take (default: ${TIMEOUT})`,
		},
		strategy: {
			type: 'string',
			value: 'NAME',
			about: `${Object.keys(strategies).join(', ')} (default: source-dpor)`,
		},
		reporter: {
			type: 'string',
			short: 'r',
			value: 'NAME',
			about: `${Object.keys(reporters).join(', ')} (default: pretty)`,
		},
		'find-fix': {
			type: 'boolean',
			about: 'exchange the exit codes 0 and 1, so that git bisect run finds what fixed it',
		},
		'known-failures': {
			type: 'string',
			value: 'FILE',
			about: "instead of the target's own list in vectors/known-failures",
		},
	},
	examples: [
		['dax-vectors run', 'everything, on the model of upstream'],
		[
			'dax-vectors run DAXV-0001 -i reference:v6.12-stable',
			'the put/get race, where it is not fixed',
		],
		['dax-vectors run DAXV-0001 -i native:linux', "a kernel tree's own super.c"],
		['git bisect run dax-vectors run DAXV-0020 -i native:.', 'which commit broke it'],
		["dax-vectors run -i 'reference:*' --tag removal", 'removal, on every revision'],
		["dax-vectors run 'DAXV-00*' --preemptions 1 --reporter tap", 'bounded, as TAP'],
	],

	async run(words, values, terminal) {
		const addresses = texts(values, 'implementation');
		const implementations = (addresses.length > 0 ? addresses : ['reference']).flatMap((address) =>
			open(address, terminal.error),
		);
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
		const reporterName = oneOf(values, 'reporter', Object.keys(reporters) as ReporterName[]);
		const budget = count(values, 'budget', 1) ?? BUDGET;
		const timeout = count(values, 'timeout', 1) ?? TIMEOUT;

		const library = await openLibrary();
		const cases = select(library.cases, words, texts(values, 'tag'));
		const total = cases.length * implementations.length;
		const file = text(values, 'known-failures');
		const reporter = reporters[reporterName](terminal, total, cases);
		const interrupt = new AbortController();
		process.once('SIGINT', () => interrupt.abort());

		let now = '';
		const records = runPlan({
			implementations,
			cases,
			library: library.cases,
			knownFailures: ({ target }) =>
				file === undefined ? KnownFailureList.of(target) : KnownFailureList.read(file),
			options: {
				order,
				strategy,
				preemptions,
				budget,
				timeout,
				signal: interrupt.signal,
				progress: (traces, executions) =>
					terminal.progress.update(`${now}: ${traces} traces, ${executions} executions`),
			},
			onStart: (test, implementation, done, all) => {
				now = `${done} of ${all} done, ${test.id} on ${implementation.address}`;
				terminal.progress.update(now);
			},
		});
		try {
			for (let step = await records.next(); ; step = await records.next()) {
				if (step.done) return values['find-fix'] ? exchanged(step.value) : step.value;
				reporter.write(step.value);
			}
		} finally {
			for (const implementation of implementations) await implementation.close?.();
			terminal.progress.clear();
		}
	},
};

/** To git bisect, 0 is old and 1 is new. Where the old state is the broken one, it must hear of it the other way. */
function exchanged(exit: number): number {
	if (exit === CONFORMS) return DOES_NOT_CONFORM;
	return exit === DOES_NOT_CONFORM ? CONFORMS : exit;
}
