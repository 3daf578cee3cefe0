// SPDX-License-Identifier: MIT
/** The commands by name, loaded when asked for: --help must not wait for what run needs. */
import type { Command } from './command';

export const commands: Readonly<Record<string, () => Command>> = {
	run: () => (require('./run') as typeof import('./run')).run,
	list: () => (require('./list') as typeof import('./list')).list,
	show: () => (require('./show') as typeof import('./show')).show,
	new: () => (require('./new') as typeof import('./new')).newCommand,
	cite: () => (require('./cite') as typeof import('./cite')).cite,
	cited: () => (require('./cited') as typeof import('./cited')).cited,
	lint: () => (require('./lint') as typeof import('./lint')).lint,
	fmt: () => (require('./fmt') as typeof import('./fmt')).fmt,
	matrix: () => (require('./matrix') as typeof import('./matrix')).matrix,
	merge: () => (require('./merge') as typeof import('./merge')).merge,
	report: () => (require('./report') as typeof import('./report')).report,
	diff: () => (require('./diff') as typeof import('./diff')).diff,
	export: () => (require('./export') as typeof import('./export')).exportCommand,
	profile: () => (require('./profile') as typeof import('./profile')).profile,
	statement: () => (require('./statement') as typeof import('./statement')).statement,
	adapter: () => (require('./adapter') as typeof import('./adapter')).adapter,
	guest: () => (require('./guest') as typeof import('./guest')).guest,
	minimise: () => (require('./minimise') as typeof import('./minimise')).minimise,
	try: () => (require('./try') as typeof import('./try')).tryCommand,
	hunt: () => (require('./hunt') as typeof import('./hunt')).hunt,
	replay: () => (require('./replay') as typeof import('./replay')).replay,
};
