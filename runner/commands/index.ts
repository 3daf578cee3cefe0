// SPDX-License-Identifier: MIT
/** Commands by name, each loaded when it is needed: --help does not wait for the modules of run. */
import type { Command } from './command';

type Loaders = Readonly<Record<string, () => Command>>;

/** Commands by purpose, in the order of the help. */
export const groups: Readonly<Record<string, Loaders>> = {
	'Check an implementation': {
		run: () => (require('./run') as typeof import('./run')).run,
		review: () => (require('./review') as typeof import('./review')).review,
		blame: () => (require('./blame') as typeof import('./blame')).blame,
		replay: () => (require('./replay') as typeof import('./replay')).replay,
		hunt: () => (require('./hunt') as typeof import('./hunt')).hunt,
		watch: () => (require('./watch') as typeof import('./watch')).watch,
	},
	'Find, write and cite vectors': {
		list: () => (require('./list') as typeof import('./list')).list,
		show: () => (require('./show') as typeof import('./show')).show,
		cite: () => (require('./cite') as typeof import('./cite')).cite,
		new: () => (require('./new') as typeof import('./new')).newCommand,
		try: () => (require('./try') as typeof import('./try')).tryCommand,
		lint: () => (require('./lint') as typeof import('./lint')).lint,
		matrix: () => (require('./matrix') as typeof import('./matrix')).matrix,
	},
	'Reports and tools': {
		report: () => (require('./report') as typeof import('./report')).report,
		export: () => (require('./export') as typeof import('./export')).exportCommand,
		adapter: () => (require('./adapter') as typeof import('./adapter')).adapter,
		guest: () => (require('./guest') as typeof import('./guest')).guest,
	},
};

export const commands: Loaders = Object.assign({}, ...Object.values(groups));
