// SPDX-License-Identifier: MIT
/** Runs a review from the saved mails to the exit code. */
import { defaults } from '../decide/defaults';
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import { Unavailable } from '../registry';
import { jsonLine } from '../report/json';
import { printable } from '../text/printable';
import { shellWord } from '../text/shell-word';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';
import { openBase } from './base';
import { readMails } from './mails';
import { touchesScope } from './patch-files';
import { recordsOf } from './records';
import { repliesOf } from './reply';
import { nameOf, type Review, type ReviewPlan, review } from './review';
import { Scratch } from './scratch';
import { findSeries } from './series';
import { headLines, reviewLines } from './text';

const CANNOT_JUDGE = 125;
const INTERRUPTED = 130;

/** The first one ends the review after the vector that is judged, the second one at once. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Kinds of addresses to judge under, with the headings of their answers. */
const NATIVE = { kind: 'native:', heading: 'In user space' };
const LIVE = { kind: 'kernel:super=', heading: "Live, in Debian's kernel under QEMU" };

export interface ReviewOptions {
	/** A saved thread, a mail, a folder of patches, or "-". */
	readonly mails: string;
	/** Ids or globs of vectors; all when empty. */
	readonly ids: readonly string[];
	readonly linux: string;
	readonly base: string | undefined;
	readonly version: number | undefined;
	readonly output: 'pretty' | 'json' | 'reply';
	/** Judges each patch on a live kernel as well. */
	readonly kernel: boolean;
	/** Lets the code of patches make any system call. */
	readonly unconfined: boolean;
}

/** Gives the exit code: 0 no regression, 1 a regression, 125 cannot be judged. Throws UserError. */
export async function runReview(options: ReviewOptions, terminal: Terminal): Promise<number> {
	const abort = new AbortController();
	const interrupt = () => {
		// The end of the process deletes the scratch folder.
		if (abort.signal.aborted) process.exit(INTERRUPTED);
		abort.abort();
	};
	// Before there is a folder, and to the end of the process: by default, a signal would end it and leave the folder.
	for (const signal of SIGNALS) process.on(signal, interrupt);
	const scratch = new Scratch();
	try {
		return await inScratch(options, terminal, scratch, abort.signal);
	} catch (error) {
		return refused(error, options, terminal);
	} finally {
		scratch.close();
		terminal.progress.stop();
	}
}

/** Prints why nothing can be judged; throws any other error. */
function refused(
	error: unknown,
	{ output }: ReviewOptions,
	{ out, error: warn }: Terminal,
): number {
	if (!(error instanceof Unavailable)) throw error;
	const stopped = error.message;
	if (output === 'json') out(jsonLine({ record: 'footer', stopped, exit: CANNOT_JUDGE }));
	warn(stopped.split('\n').map(printable).join('\n'));
	return CANNOT_JUDGE;
}

async function inScratch(
	options: ReviewOptions,
	terminal: Terminal,
	scratch: Scratch,
	signal: AbortSignal,
): Promise<number> {
	const { linux, output, version } = options;
	const mails = readMails(options.mails, scratch.work);
	const series = findSeries(mails, touchesScope, version);
	const base = openBase(linux, options.base, series.baseCommit);
	if (output === 'pretty')
		for (const line of headLines(series, base, terminal.colors)) terminal.out(line);
	const cases = selectCases((await openLibrary()).cases, options.ids);
	let judging = '';
	terminal.progress.follow(() => judging);
	const plan: Omit<ReviewPlan, 'place'> = {
		series,
		base,
		scratch,
		cases,
		options: { ...defaults, signal },
		onJudge: (name) => {
			judging = `judging ${name}`;
			terminal.progress.update(judging);
		},
	};
	const exits: number[] = [];
	for (const { kind, heading } of options.kernel ? [NATIVE, LIVE] : [NATIVE]) {
		if (options.kernel && output === 'pretty') {
			if (exits.length > 0) terminal.out('');
			terminal.out(terminal.colors.bold(`${heading}:`));
		}
		try {
			const found = await review({ ...plan, place: { kind, unconfined: options.unconfined } });
			if (signal.aborted) throw new UserError('interrupted');
			print(found, options, terminal, cases);
			exits.push(found.exit);
		} catch (error) {
			// Where the kernel cannot be had, the answer of native stands.
			exits.push(refused(error, options, terminal));
		}
	}
	return exits.includes(1) ? 1 : Math.max(...exits);
}

function print(
	each: Review,
	{ output, mails, linux, base }: ReviewOptions,
	{ out, colors }: Terminal,
	cases: Parameters<typeof repliesOf>[1],
): void {
	if (output === 'json') for (const record of recordsOf(each)) out(jsonLine(record));
	if (output === 'pretty') for (const line of reviewLines(each, cases, colors)) out(line);
	if (output !== 'reply') return;
	const asked = base === undefined ? '' : ` --base ${shellWord(base)}`;
	const command = `dax-vectors review ${shellWord(mails)} -C ${shellWord(linux)}${asked}`;
	const replies = repliesOf(each, cases, command);
	const changed = each.patches.filter(({ changes }) => changes.some(({ after }) => after.scored));
	for (const [index, lines] of replies.entries()) {
		const patch = changed[index]?.patch;
		if (replies.length > 1 && patch)
			out(`${index > 0 ? '\n' : ''}===== reply to ${nameOf(patch, each.series)} =====\n`);
		for (const line of lines) out(line);
	}
}
