// SPDX-License-Identifier: MIT
/** Traces that kernels have written, in test/fixtures/traces. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TraceParser } from '../../implementations/kernel/tracing/parse';
import type { Watched } from '../../implementations/watcher';
import { packageRoot } from '../../runner/text/package-root';

const folder = join(packageRoot, 'test/fixtures/traces');

export const linesOf = (name: string): string[] =>
	readFileSync(join(folder, name), 'utf8').split('\n');

/** Parses the lines of a trace; words of the script itself begin with "=". */
export function parsed(lines: readonly string[]): TraceParser {
	const parser = new TraceParser();
	for (const line of lines) if (!line.startsWith('=')) parser.add(line);
	return parser;
}

export const recorded = (name: string): Watched => ({
	observations: parsed(linesOf(name)).observations,
	problems: [],
});
