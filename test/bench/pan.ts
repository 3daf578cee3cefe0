// SPDX-License-Identifier: MIT
/** Runs Spin on a Promela model: generates a verifier in C, compiles it and runs it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../runner/text/package-root';
import { milliseconds } from './section';

/** Options of a search: continue after a violation, as the explorer does; a small hash table is fast to clear. */
export const SEARCH = ['-c0', '-w16'];

export interface Answer {
	readonly holds: boolean;
	/** The assertions that failed. */
	readonly violated: readonly string[];
	readonly states: number;
}

export interface Verifier {
	/** Milliseconds to generate it. */
	readonly generate: number;
	/** Milliseconds to compile it with and without partial-order reduction. */
	readonly compile: { readonly reduced: number; readonly full: number };
	search(which: 'reduced' | 'full'): Answer;
}

/** First line of a tool's output, such as its version; null if the tool is not installed. */
export function firstLine(tool: string, option: string): string | null {
	const { error, stdout } = spawnSync(tool, [option], { encoding: 'utf8' });
	return error ? null : stdout.split('\n')[0]!.trim();
}

/** Builds the verifier of a model of test/bench/promela in a folder. */
export async function build(
	cwd: string,
	model: string,
	defines: readonly string[],
): Promise<Verifier> {
	const run = (tool: string, args: readonly string[]) =>
		execFileSync(tool, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	const file = join(packageRoot, 'test', 'bench', 'promela', `${model}.pml`);
	const compile = (which: string, ...options: string[]) =>
		milliseconds(() => run('gcc', ['-O2', '-w', '-DSAFETY', ...options, '-o', which, 'pan.c']));
	return {
		generate: await milliseconds(() => run('spin', ['-a', ...defines, file])),
		compile: { reduced: await compile('reduced'), full: await compile('full', '-DNOREDUCE') },
		search: (which) => answer(run(join(cwd, which), SEARCH)),
	};
}

function answer(output: string): Answer {
	const errors = /errors: (\d+)/.exec(output);
	const states = /(\d+) states, stored/.exec(output);
	if (!errors || !states || /search not completed|max search depth too small/i.test(output))
		throw new Error(`the verifier did not complete its search: ${output}`);
	return {
		holds: Number(errors[1]) === 0,
		violated: [...output.matchAll(/assertion violated (.*) \(at depth/g)].map(([, what]) => what!),
		states: Number(states[1]),
	};
}
