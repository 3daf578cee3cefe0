// SPDX-License-Identifier: MIT
/** The report formats by name. */
import { json } from './json';
import { pretty } from './pretty';
import type { ReporterFactory } from './reporter';
import { tap } from './tap';

export const reporters = { pretty, tap, json } satisfies Record<string, ReporterFactory>;

export type ReporterName = keyof typeof reporters;
