// SPDX-License-Identifier: MIT
/** Report formats by name, each loaded when it is used. */
import type { ReporterFactory } from './reporter';

const loaded =
	(load: () => ReporterFactory): ReporterFactory =>
	(...args) =>
		load()(...args);

export const reporters = {
	pretty: loaded(() => (require('./pretty') as typeof import('./pretty')).pretty),
	tap: loaded(() => (require('./tap') as typeof import('./tap')).tap),
	ktap: loaded(() => (require('./ktap') as typeof import('./ktap')).ktap),
	lava: loaded(() => (require('./lava') as typeof import('./lava')).lava),
	junit: loaded(() => (require('./junit') as typeof import('./junit')).junit),
	github: loaded(() => (require('./github') as typeof import('./github')).github),
	markdown: loaded(() => (require('./markdown') as typeof import('./markdown')).markdown),
	json: loaded(() => (require('./json') as typeof import('./json')).json),
} satisfies Record<string, ReporterFactory>;

export type ReporterName = keyof typeof reporters;
