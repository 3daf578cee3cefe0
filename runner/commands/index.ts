// SPDX-License-Identifier: MIT
/** The commands by name, loaded when asked for: --help must not wait for what run needs. */
import type { Command } from './command';

type Loaders = Readonly<Record<string, () => Command>>;

/** By what they are for, in the order of the help. */
export const groups: Readonly<Record<string, Loaders>> = {
	'Hold an implementation to the vectors': {
		run: () => (require('./run') as typeof import('./run')).run,
		replay: () => (require('./replay') as typeof import('./replay')).replay,
		cited: () => (require('./cited') as typeof import('./cited')).cited,
		hunt: () => (require('./hunt') as typeof import('./hunt')).hunt,
		adapter: () => (require('./adapter') as typeof import('./adapter')).adapter,
		guest: () => (require('./guest') as typeof import('./guest')).guest,
	},
	'Read and write vectors': {
		list: () => (require('./list') as typeof import('./list')).list,
		show: () => (require('./show') as typeof import('./show')).show,
		cite: () => (require('./cite') as typeof import('./cite')).cite,
		new: () => (require('./new') as typeof import('./new')).newCommand,
		try: () => (require('./try') as typeof import('./try')).tryCommand,
		minimise: () => (require('./minimise') as typeof import('./minimise')).minimise,
		lint: () => (require('./lint') as typeof import('./lint')).lint,
		fmt: () => (require('./fmt') as typeof import('./fmt')).fmt,
		matrix: () => (require('./matrix') as typeof import('./matrix')).matrix,
		export: () => (require('./export') as typeof import('./export')).exportCommand,
	},
	'Reports of runs': {
		report: () => (require('./report') as typeof import('./report')).report,
		profile: () => (require('./profile') as typeof import('./profile')).profile,
	},
};

export const commands: Loaders = Object.assign({}, ...Object.values(groups));
