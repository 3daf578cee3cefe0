// SPDX-License-Identifier: MIT
/** Options of run, and the exploration that they ask for. */
import { defaults } from '../decide/defaults';
import { modelNames } from '../memory/models/names';
import { type ReporterName, reporters } from '../report';
import { implementations, unconfined } from './command';
import { option, UsageError, type Values } from './option';

export const runOptions = {
	implementation: implementations(
		'several give a table (default: the kernel tree around you, else reference)',
	),
	open: option.flag({
		about: 'score open vectors too, which upstream has not settled; needs their ids',
	}),
	all: option.flag({ about: 'list every result, ids in order' }),
	tag: option.list({ value: 'TAG', about: 'only vectors with this tag' }),
	profile: option.text({
		value: 'NAME',
		about: 'only the vectors of a frozen profile, such as 1.0: see list --profiles',
	}),
	shard: option.text({
		value: 'I/N',
		about: 'only this part of the vectors, for several machines: see merge',
	}),
	order: option.oneOf(['any', 'named'], {
		about: 'all interleavings, or only the orders that vectors name (default: any)',
	}),
	memory: option.oneOf(modelNames, {
		about: 'memory model; scored is what must hold under it (default: sc)',
		value: 'MODEL',
	}),
	preemptions: option.count({
		least: 0,
		about: 'only interleavings with at most N preemptions, fewest first',
	}),
	budget: option.count({
		least: 1,
		about: `executions of a vector; one that needs more is not-run (default: ${defaults.budget})`,
	}),
	timeout: option.count({
		least: 1,
		value: 'MS',
		about: `milliseconds for a vector (default: ${defaults.timeout})`,
	}),
	reporter: option.oneOf(Object.keys(reporters) as ReporterName[], {
		short: 'r',
		about: 'format (default: pretty)',
	}),
	jobs: option.count({
		least: 1,
		about: 'processes of an exec: adapter at the same time (default: one a core)',
	}),
	unconfined,
	'find-fix': option.flag({
		about: 'swap the exit codes 0 and 1, so that git bisect run finds the commit that fixed it',
	}),
	'known-failures': option.text({
		value: 'FILE|NAME',
		about: "a file, or a list of the package such as debian-6.12 (default: the target's)",
	}),
	'update-known-failures': option.flag({
		about: 'rewrite the list from this run; a new entry needs a reason and a link from you',
	}),
};

export type RunValues = Values<typeof runOptions>;

/** How to explore. Throws UsageError for options that exclude each other. */
export function explorationOf(values: RunValues) {
	const { order, memory = 'sc', preemptions } = values;
	const given = (['order', 'preemptions'] as const).find((name) => values[name] !== undefined);
	if (memory !== 'sc' && given !== undefined)
		throw new UsageError(`--memory ${memory} explores no interleavings: leave --${given} out`);
	return {
		order: order ?? 'any',
		memory,
		preemptions: preemptions ?? null,
		budget: values.budget ?? defaults.budget,
		timeout: values.timeout ?? defaults.timeout,
	} as const;
}
