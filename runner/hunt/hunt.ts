// SPDX-License-Identifier: MIT
/** Hunts for bugs: checks generated programs against the oracles, all small ones first, then larger ones at random. */
import type { Implementation } from '../../implementations/implementation';
import { descend } from '../authoring/minimise/descend';
import type { Options as ExploreOptions } from '../explore/explore';
import { isClaim } from '../history/calls';
import { type Examined, examine, type Seen } from './examine';
import { scenarios } from './generate';
import { callsIn, type Scenario, sizeOf } from './scenario';
import { shapeOf } from './shape';
import { shuffled } from './shuffle';
import { joined, smaller } from './smaller';

export interface Finding {
	/** Name of the oracle, and the kind of the violation. */
	readonly key: string;
	/** Minimal: without any one of its calls the violation does not occur. */
	readonly scenario: Scenario;
	readonly seen: Seen;
	/** Traces of the scenario. */
	readonly traces: number;
	/** The claiming calls with which it occurs. */
	readonly claims: ReadonlySet<string>;
}

export interface Options {
	readonly explore: ExploreOptions;
	/** Programs at most. */
	readonly programs: number;
	/** Decides which of the larger programs are examined. */
	readonly seed: number;
	/** Time after which no program is started, in milliseconds as of Date.now(). */
	readonly until: number;
	/** Progress callback: programs and findings so far. */
	progress?(programs: number, findings: number): void;
}

export interface Hunted {
	/** Smallest program first. */
	readonly findings: readonly Finding[];
	/** Programs examined, without those of minimising. */
	readonly programs: number;
	/** Programs of these whose exploration the budget ended. */
	readonly partial: number;
	/** Stages that were examined completely, as text. */
	readonly stages: readonly string[];
}

/** Programs of one size. */
interface Stage {
	readonly size: number;
	readonly threads: number;
	/** null: every interleaving. */
	readonly preemptions: number | null;
	/** True: in an order that depends on the seed. */
	readonly shuffled: boolean;
}

/** Programs up to this size are always explored in every interleaving. */
const MAX_EXHAUSTIVE_CALLS = 3;

const STAGES: readonly Stage[] = [
	...[1, 2, 3].map((size) => ({ size, threads: 3, preemptions: null, shuffled: false })),
	...[4, 5, 6].map((size) => ({ size, threads: 3, preemptions: 1, shuffled: false })),
	...[4, 5, 6, 7].map((size) => ({ size, threads: 5, preemptions: 2, shuffled: true })),
];

export async function hunt(implementation: Implementation, options: Options): Promise<Hunted> {
	const { programs: limit, seed, until, progress } = options;
	const examiner = new Examiner(implementation, options.explore);
	const stages: string[] = [];
	let programs = 0;
	let partial = 0;
	for (const stage of STAGES) {
		const all = [...scenarios(stage.size, implementation.calls, stage.threads)];
		let left = all.length;
		for (const scenario of stage.shuffled ? shuffled(all, seed) : all) {
			if (programs >= limit || Date.now() >= until) break;
			programs++;
			if (!(await examiner.add(scenario, stage.preemptions))) partial++;
			progress?.(programs, examiner.findings.size);
			left--;
		}
		if (left > 0) break;
		stages.push(stageText(stage));
	}
	const size = ({ scenario }: Finding) => sizeOf(scenario);
	const findings = [...examiner.findings.values()].sort((a, b) => size(a) - size(b));
	return { findings, programs, partial, stages };
}

/** Examines scenarios, each shape once, and minimises what they violate. */
class Examiner {
	/** By key and shape. */
	readonly findings = new Map<string, Finding & { readonly claims: Set<string> }>();
	private readonly examined = new Map<string, Promise<Examined>>();

	constructor(
		private readonly implementation: Implementation,
		private readonly options: ExploreOptions,
	) {}

	/** Adds the findings of a scenario; returns false when the budget ended its exploration. */
	async add(scenario: Scenario, preemptions: number | null): Promise<boolean> {
		const { seen, complete } = await this.examine(scenario, preemptions);
		for (const [key, { first }] of seen) if (first) await this.minimise(scenario, key, preemptions);
		return complete;
	}

	private async minimise(scenario: Scenario, key: string, preemptions: number | null) {
		const shows = async (other: Scenario) => (await this.examine(other, preemptions)).seen.has(key);
		const fewest = await descend(scenario, smaller, shows);
		const least = await descend(fewest, joined, shows);
		const { seen: all, traces } = await this.examine(least, preemptions);
		const seen = all.get(key);
		if (!seen) return;
		const name = `${key} ${shapeOf(least, { sameKind: true })}`;
		const claims = new Set<string>();
		const finding = this.findings.get(name) ?? { key, scenario: least, seen, traces, claims };
		this.findings.set(name, finding);
		for (const { call } of callsIn(least).filter(isClaim)) finding.claims.add(call);
	}

	private examine(scenario: Scenario, bound: number | null): Promise<Examined> {
		const preemptions = sizeOf(scenario) <= MAX_EXHAUSTIVE_CALLS ? null : bound;
		const shape = `${preemptions} ${shapeOf(scenario)}`;
		const known = this.examined.get(shape);
		if (known) return known;
		const result = examine(scenario, this.implementation, { ...this.options, preemptions });
		this.examined.set(shape, result);
		return result;
	}
}

function stageText({ size, threads, preemptions }: Stage): string {
	const calls = size === 1 ? '1 call' : `${size} calls in up to ${Math.min(size, threads)} threads`;
	return preemptions === null
		? `${calls}, every interleaving`
		: `${calls}, <= ${preemptions} ${preemptions === 1 ? 'preemption' : 'preemptions'}`;
}
