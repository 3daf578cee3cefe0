// SPDX-License-Identifier: MIT
/** Runs blame from the range to the exit code. */
import type { BlameRecord } from '../../schema/types/blame';
import { defaults } from '../decide/defaults';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import { Unavailable } from '../registry';
import { jsonLine } from '../report/json';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { type Blame, type BlamePlan, blame } from './blame';
import { blamedLines, blameTable, scopeLine } from './blame-text';
import { fixesLine } from './commits';

export interface BlameOptions {
	/** Ids or globs of vectors; every one when empty. */
	readonly ids: readonly string[];
	readonly linux: string;
	/** Such as v6.12..v7.3, or one revision. */
	readonly range: string;
	/** Prints a table of vectors, and judges every state. */
	readonly all: boolean;
	readonly json: boolean;
	/** Lets the code of commits make any system call. */
	readonly unconfined: boolean;
}

/** Gives the exit code: 0 for an answer, 125 where none can be had. Throws UserError. */
export async function runBlame(options: BlameOptions, terminal: Terminal): Promise<number> {
	const { linux, range, all } = options;
	const abort = new AbortController();
	const interrupt = () => abort.abort();
	process.once('SIGINT', interrupt);
	const cases = selectCases((await openLibrary()).cases, options.ids);
	let judging = 'reading the history';
	terminal.progress.follow(() => judging);
	const plan: BlamePlan = {
		linux,
		range,
		cases,
		unconfined: options.unconfined,
		options: { ...defaults, signal: abort.signal },
		every: all,
		onJudge: (text) => {
			judging = text;
			terminal.progress.update(text);
		},
	};
	try {
		const found = await blame(plan);
		terminal.progress.stop();
		if (abort.signal.aborted) throw new UserError('interrupted');
		print(found, plan, options, terminal);
		return found.vectors.some(isUnanswered) ? 125 : 0;
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		terminal.error(error.message);
		return 125;
	} finally {
		terminal.progress.stop();
		process.off('SIGINT', interrupt);
	}
}

/** True if commits that cannot be judged hide the answer, or nothing could be judged. */
const isUnanswered = ({ turns, start, obstacles }: Blame['vectors'][number]): boolean =>
	turns.some(({ hidden }) => hidden.length > 0) || (start === 'unknown' && obstacles.size > 0);

function print(
	found: Blame,
	{ linux, range, cases }: BlamePlan,
	{ all, json }: BlameOptions,
	{ out, colors }: Terminal,
): void {
	if (json) {
		const print = (record: BlameRecord) => out(jsonLine(record));
		const { commits, states, judged } = found;
		print({ record: 'blame', format: 1, range, commits, states, judged });
		for (const { obstacles, ...each } of found.vectors) {
			const culprit = each.turns.findLast(({ to }) => to === 'fail');
			const fixes =
				culprit && culprit.hidden.length === 0 ? fixesLine(linux, culprit.commit) : null;
			const entries = Object.fromEntries(obstacles);
			print({ record: 'vector', ...each, obstacles: entries, fixes });
		}
		return;
	}
	if (all) for (const line of blameTable(found, cases, colors)) out(line);
	else
		for (const each of found.vectors) {
			const title = cases.find(({ vector }) => vector.id === each.vector)?.vector.title ?? '';
			for (const line of blamedLines(each, title, linux, colors)) out(line);
			out('');
		}
	out(colors.dim(scopeLine(found, range)));
}
