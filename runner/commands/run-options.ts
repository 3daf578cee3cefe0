// SPDX-License-Identifier: MIT
import { defaults } from '../decide/defaults';
import { strategies } from '../explore/explore';
import { modelNames } from '../memory/models';
import { reporters } from '../report';
import { address, type Option } from './command';

/** What run can be told. */
export const runOptions: Readonly<Record<string, Option>> = {
	implementation: {
		...address('what to check; several give a table (default: reference)'),
		multiple: true,
	},
	tag: { type: 'string', multiple: true, value: 'TAG', about: 'only vectors with this tag' },
	profile: {
		type: 'string',
		value: 'NAME',
		about: 'only the vectors of a frozen profile, such as 1.0: see profile',
	},
	shard: {
		type: 'string',
		value: 'I/N',
		about: 'only this part of the vectors, for several machines: see merge',
	},
	order: {
		type: 'string',
		value: 'any|named',
		about: 'every interleaving, or only the orders that vectors name (default: any)',
	},
	memory: {
		type: 'string',
		value: 'MODEL',
		about: `${modelNames.join(', ')}: what memory may do (default: sc); scored is what must hold there`,
	},
	preemptions: {
		type: 'string',
		value: 'N',
		about: 'only interleavings with at most N preemptions, fewest first',
	},
	budget: {
		type: 'string',
		value: 'N',
		about: `executions a vector may take (default: ${defaults.budget}); out of budget is not-run`,
	},
	timeout: {
		type: 'string',
		value: 'MS',
		about: `milliseconds a vector may take (default: ${defaults.timeout})`,
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
	jobs: {
		type: 'string',
		value: 'N',
		about: 'processes of an exec: adapter at the same time (default: one a core)',
	},
	'find-fix': {
		type: 'boolean',
		about: 'exchange the exit codes 0 and 1, so that git bisect run finds what fixed it',
	},
	'known-failures': {
		type: 'string',
		value: 'FILE|NAME',
		about: "a file, or a list of the package such as debian-6.12; default: the target's",
	},
	'update-known-failures': {
		type: 'boolean',
		about: 'rewrite the list to what was seen; what is new needs a reason and a link from you',
	},
};
