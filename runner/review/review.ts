// SPDX-License-Identifier: MIT
/** Reviews a series: applies its patches one by one, judges what each changes, and compares. */

import type { Options } from '../decide/decide';
import type { Case } from '../library/compile';
import { notRun } from '../registry';
import type { Base } from './base';
import { type Change, changesBetween, isBad, type Results } from './changes';
import { Judge, type Place } from './judge';
import type { PatchFile } from './patch-files';
import { type Content, PatchError, type Scratch } from './scratch';
import type { Series, SeriesPatch } from './series';
import { type TouchedLine, touchedLines } from './touched-lines';

export interface PatchChange extends Change {
	/** Lines of the patch that the interleavings run through. */
	readonly lines: readonly TouchedLine[];
}

export interface ReviewedPatch {
	readonly patch: SeriesPatch;
	/** True if the patch changes what is compiled. */
	readonly compiled: boolean;
	/** Files that were not looked at. */
	readonly outside: readonly PatchFile[];
	/** Verdicts after the patch; undefined when it changes nothing that is compiled, or cannot be judged. */
	readonly results: Results | undefined;
	readonly changes: readonly PatchChange[];
	/** Why the patch cannot be judged. */
	readonly obstacle: string | undefined;
}

export interface Review {
	readonly series: Series;
	readonly base: Base;
	readonly baseResults: Results;
	readonly patches: readonly ReviewedPatch[];
	/** Why the review ends before the last patch: a patch that does not apply. */
	readonly stopped: string | undefined;
	/** 0: no regression. 1: a regression. 125: cannot be judged. */
	readonly exit: 0 | 1 | 125;
}

export interface ReviewPlan {
	readonly series: Series;
	readonly base: Base;
	readonly scratch: Scratch;
	readonly cases: readonly Case[];
	readonly options: Options;
	readonly place: Place;
	/** Called before a content is judged. */
	onJudge?(name: string): void | Promise<void>;
}

export const nameOf = ({ number }: SeriesPatch, { total }: Series): string => `${number}/${total}`;

/** Applies and judges. Throws Unavailable when the base itself cannot be judged. */
export async function review(plan: ReviewPlan): Promise<Review> {
	const { base, scratch } = plan;
	const first = attempt(() => scratch.begin(base));
	if ('error' in first) throw notRun(first.error);
	const { applied, stopped } = applyAll(plan);
	const contents = new Set([first.value, ...applied.map(({ content }) => content)]);
	const judge = new Judge(plan.cases, plan.options, plan.place);
	judge.announce([...contents].map(({ folder }) => folder));
	try {
		return await judgeAll(plan, judge, first.value, applied, stopped);
	} finally {
		judge.close();
	}
}

async function judgeAll(
	plan: ReviewPlan,
	judge: Judge,
	start: Content,
	applied: readonly AppliedPatch[],
	stopped: string | undefined,
): Promise<Review> {
	const { series, base } = plan;
	const judged = async ({ key, folder }: Content, name: string) => {
		await plan.onJudge?.(name);
		return judge.of(key, { folder, name });
	};
	const atBase = await judged(start, 'base');
	if ('obstacle' in atBase)
		throw notRun(`the base ${base.description} cannot be judged: ${atBase.obstacle}`);
	let before = { content: start, results: atBase.results };
	let content = start;
	const patches: ReviewedPatch[] = [];
	for (const each of applied) {
		const { patch, outside } = each;
		const compiled = each.content !== content;
		content = each.content;
		const common = { patch, outside, compiled };
		if (!compiled) {
			patches.push({ ...common, results: undefined, changes: [], obstacle: undefined });
			continue;
		}
		const answer = await judged(content, nameOf(patch, series));
		if ('obstacle' in answer) {
			const { obstacle } = answer;
			patches.push({ ...common, results: undefined, changes: [], obstacle });
			continue;
		}
		const after = { content, results: answer.results };
		const changes = changesBetween(before.results, after.results, atBase.results).map((change) => ({
			...change,
			lines: touchedLines(
				{ content: before.content, result: change.before },
				{ content: after.content, result: change.after },
			),
		}));
		patches.push({ ...common, results: after.results, changes, obstacle: undefined });
		before = after;
	}
	const exit = exitOf(patches, stopped);
	return { series, base, baseResults: atBase.results, patches, stopped, exit };
}

interface AppliedPatch {
	readonly patch: SeriesPatch;
	readonly content: Content;
	readonly outside: readonly PatchFile[];
}

/** Applies patches up to the first one that does not apply. */
function applyAll({ series, base, scratch }: ReviewPlan): {
	applied: AppliedPatch[];
	stopped: string | undefined;
} {
	const applied: AppliedPatch[] = [];
	for (const patch of series.patches) {
		const next = attempt(() => scratch.apply(patch.patch, base));
		if ('error' in next) {
			const tried = `${nameOf(patch, series)} does not apply to ${base.description} (${base.reason})`;
			return { applied, stopped: `${tried}: ${next.error}` };
		}
		applied.push({ patch, ...next.value });
	}
	return { applied, stopped: undefined };
}

function attempt<T>(act: () => T): { value: T } | { error: string } {
	try {
		return { value: act() };
	} catch (error) {
		if (!(error instanceof PatchError)) throw error;
		return { error: error.message };
	}
}

function exitOf(patches: readonly ReviewedPatch[], stopped: string | undefined): 0 | 1 | 125 {
	const changes = patches.flatMap((patch) => patch.changes);
	if (changes.some(({ regression }) => regression)) return 1;
	const undecided = changes.some(({ kind, after }) => kind === 'undecided' && after.scored);
	const blocked = patches.some(({ obstacle }) => obstacle !== undefined);
	const nothing = !patches.some(({ results }) => results);
	return stopped !== undefined || undecided || blocked || nothing ? 125 : 0;
}

/** Scored cases that fail on the base. */
export const knownOnBase = ({ baseResults }: Review): string[] =>
	[...baseResults.values()].filter((result) => result.scored && isBad(result)).map(({ id }) => id);
