// SPDX-License-Identifier: MIT
import { CITATION, type CitingCommit, citationsIn, stateOf } from '../authoring/citations';
import { commitsIn, git } from '../authoring/git';
import { CANNOT_TEST, CONFORMS } from '../report/exit-codes';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { type Values, valuesOf } from './option';
import { runOptions } from './run-options';
import { runVectors } from './run-vectors';
import { openOwnLibrary } from './vector-words';

/** Digits of a commit, as kernel commit messages give them. */
const COMMIT_DIGITS = 12;

type RunOption = 'reporter' | 'known-failures' | 'preemptions' | 'budget' | 'timeout';

interface RangeOptions extends Pick<Values<typeof runOptions>, RunOption> {
	readonly directory: string | undefined;
	readonly run: boolean;
}

/** Lists the vectors that the commits of a range cite; with run, runs them on the tree. Gives the exit code. */
export async function citeRange(
	range: string,
	{ directory, run, ...options }: RangeOptions,
	terminal: Terminal,
): Promise<number> {
	const tree = git(directory ?? '.', ['rev-parse', '--show-toplevel']).trim();
	const { files } = await openOwnLibrary(terminal);
	const citing = citationsIn(commitsIn(tree, range, CITATION), files);
	for (const line of lines(citing)) (run ? terminal.error : terminal.out)(printable(line));
	if (citing.length === 0) terminal.error(`no commit of ${printable(range)} cites a vector`);
	if (!run) return CONFORMS;

	const all = citing.flatMap(({ citations }) => citations);
	const live = all.filter(({ file }) => file && file.vector.status !== 'retired');
	if (live.length === 0) return CANNOT_TEST;
	const ids = [...new Set(live.map(({ id }) => id))];
	const { reporter, 'known-failures': known, preemptions, budget, timeout } = options;
	const values = {
		...valuesOf(runOptions),
		implementation: [`native:${tree}`],
		...{ reporter, 'known-failures': known, preemptions, budget, timeout },
	};
	const exit = await runVectors(ids, values, terminal);
	return exit === CONFORMS && all.some(({ file }) => !file) ? CANNOT_TEST : exit;
}

function* lines(citing: readonly CitingCommit[]): Generator<string> {
	for (const { commit, citations } of citing) {
		yield `${commit.hash.slice(0, COMMIT_DIGITS)} ("${commit.subject}")`;
		for (const citation of citations) {
			yield `  ${citation.id}  ${stateOf(citation)}`;
			for (const link of citation.links) yield `    ${link}`;
		}
	}
}
