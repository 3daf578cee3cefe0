// SPDX-License-Identifier: MIT
/** Finds the commits that made vectors fail or pass. */
import type { Options } from '../decide/decide';
import type { Case } from '../library/compile';
import { Unavailable } from '../registry';
import { isBad, type Results } from './changes';
import {
	type Commit,
	type CommitRange,
	folderOf,
	type Point,
	readBranch,
	readRange,
} from './commits';
import { Judge, type Judgement } from './judge';
import { type State, transitions } from './transitions';

/** Merges within merges that are followed. */
const MAX_DEPTH = 8;

export interface Turn {
	readonly from: State;
	readonly to: State;
	/** Commit that changed the state; of a merge, the commit of its branch. */
	readonly commit: Commit;
	/** The merge that brought the commit in; undefined for a commit of the range itself. */
	readonly merge: Commit | undefined;
	/** Commits that cannot be judged: any of them may have changed the state. */
	readonly hidden: Commit[];
}

export interface Blamed {
	/** Id of the vector. */
	readonly vector: string;
	/** State before the first turn. */
	readonly start: State;
	/** State at the end of the range. */
	readonly end: State;
	/** In order. */
	readonly turns: Turn[];
	/** Why a state is unknown, by the hash of the commit. */
	readonly obstacles: ReadonlyMap<string, string>;
}

export interface BlamePlan {
	readonly linux: string;
	readonly range: string;
	readonly cases: readonly Case[];
	readonly options: Options;
	/** Judges every state of the range, not only those that a bisection needs. */
	readonly every: boolean;
	/** Lets the code of commits make any system call. */
	readonly unconfined: boolean;
	/** Called before a state is judged. */
	onJudge?(text: string): void;
}

export interface Blame {
	readonly commits: number;
	/** States of the range that differ. */
	readonly states: number;
	/** States that were judged, those of side branches included. */
	readonly judged: number;
	readonly vectors: readonly Blamed[];
}

/** Bisects for each vector; each state is judged once. Throws UserError, Unavailable. */
export async function blame(plan: BlamePlan): Promise<Blame> {
	const range = readRange(plan.linux, plan.range);
	const search = new Search(plan);
	try {
		if (plan.every) await search.judgeAll(range.points);
		const ids = [...new Set(plan.cases.map(({ vector }) => vector.id))];
		const vectors: Blamed[] = [];
		for (const id of ids) vectors.push(await search.vector(id, range));
		return {
			commits: range.commits,
			states: new Set(range.points.map(({ key }) => key)).size,
			judged: search.judged,
			vectors,
		};
	} finally {
		search.close();
	}
}

class Search {
	judged = 0;
	private readonly judge: Judge;
	private readonly known = new Map<string, Judgement>();

	constructor(private readonly plan: BlamePlan) {
		this.judge = new Judge(plan.cases, plan.options, {
			kind: 'native:',
			unconfined: plan.unconfined,
		});
	}

	close(): void {
		this.judge.close();
	}

	/** Compiles on every core, and judges in order. */
	async judgeAll(points: readonly Point[]): Promise<void> {
		const { linux } = this.plan;
		const compiled = points.filter(({ key }) => key !== undefined);
		this.judge.announce([...new Set(compiled.map((point) => folderOf(linux, point)))]);
		for (const point of compiled) await this.at(point);
	}

	async vector(id: string, range: CommitRange): Promise<Blamed> {
		const obstacles = new Map<string, string>();
		const state = this.stateOf(id, obstacles);
		const turns = await this.turns(range, state, undefined);
		const ends = range.points.filter(({ key }) => key !== undefined);
		const [first, last] = [ends[0], ends.at(-1)];
		return {
			vector: id,
			start: turns[0]?.from ?? (first ? await state(first) : 'none'),
			end: turns.at(-1)?.to ?? (last ? await state(last) : 'none'),
			turns,
			obstacles,
		};
	}

	/** Turns of a range; those of a merge are looked for in its branches. */
	private async turns(
		{ points }: CommitRange,
		stateOf: (point: Point) => Promise<State>,
		merge: Commit | undefined,
		depth = 0,
	): Promise<Turn[]> {
		const at = (index: number): Promise<State> => {
			const point = points[index];
			return point ? stateOf(point) : Promise.resolve('none');
		};
		const found: Turn[] = [];
		for (const { from, to, last, first } of await transitions(points.length, at)) {
			const commit = points[first]?.commit;
			if (!commit) continue;
			const hidden = points.slice(last + 1, first).flatMap((point) => point.commit ?? []);
			const inner =
				commit.parents.length > 1 && hidden.length === 0 && depth < MAX_DEPTH
					? await this.inBranches(commit, from, to, stateOf, depth)
					: undefined;
			found.push(inner ?? { from, to, commit, merge, hidden });
		}
		return found;
	}

	/** The one turn of a branch that explains what a merge changed; undefined when none does. */
	private async inBranches(
		commit: Commit,
		from: State,
		to: State,
		stateOf: (point: Point) => Promise<State>,
		depth: number,
	): Promise<Turn | undefined> {
		for (let index = 1; index < commit.parents.length; index++) {
			const branch = readBranch(this.plan.linux, commit, index);
			const turns = await this.turns(branch, stateOf, commit, depth + 1);
			const [first, last] = [turns[0], turns.at(-1)];
			if (first?.from === from && last?.to === to) return turns.findLast((turn) => turn.to === to);
		}
		return undefined;
	}

	private stateOf(id: string, obstacles: Map<string, string>) {
		return async (point: Point): Promise<State> => {
			if (point.key === undefined) return 'none';
			const judgement = await this.at(point);
			if ('results' in judgement) return stateIn(judgement.results, id);
			// A tree from before v6.0 has no holders.
			if (judgement.verdict === 'skip') return 'none';
			obstacles.set(point.at, judgement.obstacle);
			return 'unknown';
		};
	}

	private async at(point: Point): Promise<Judgement> {
		const key = point.key ?? '';
		const known = this.known.get(key);
		if (known) return known;
		const name = point.at.slice(0, 12);
		this.judged++;
		this.plan.onJudge?.(`${this.judged} judged, now ${name}: ${point.commit?.subject ?? 'before'}`);
		const judgement = await this.judgement(key, name, point);
		this.known.set(key, judgement);
		return judgement;
	}

	private async judgement(key: string, name: string, point: Point): Promise<Judgement> {
		try {
			return await this.judge.of(key, { folder: folderOf(this.plan.linux, point), name });
		} catch (error) {
			if (!(error instanceof Unavailable)) throw error;
			return { obstacle: error.message, verdict: 'not-run' };
		}
	}
}

/** State of a vector: the worst of its variants. */
function stateIn(results: Results, id: string): State {
	const own = [...results.values()].filter(({ vector }) => vector === id);
	if (own.some(isBad)) return 'fail';
	if (own.some(({ verdict }) => verdict === 'not-run')) return 'unknown';
	return own.some(({ verdict }) => verdict === 'pass') ? 'pass' : 'none';
}
