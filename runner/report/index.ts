// SPDX-License-Identifier: MIT
/** Report formats by name. */
import { github } from './github';
import { json } from './json';
import { junit } from './junit';
import { ktap } from './ktap';
import { lava } from './lava';
import { markdown } from './markdown';
import { pretty } from './pretty';
import type { ReporterFactory } from './reporter';
import { tap } from './tap';

export const reporters = {
	pretty,
	tap,
	ktap,
	lava,
	junit,
	github,
	markdown,
	json,
} satisfies Record<string, ReporterFactory>;

export type ReporterName = keyof typeof reporters;
