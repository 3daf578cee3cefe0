// SPDX-License-Identifier: MIT
/** Looks for what nobody wrote down: puts every small program, then larger ones by lot, to the oracles. */
import type { Implementation } from '../../implementations/implementation';
import { descend } from '../authoring/minimise/descend';
import type { Options as ExploreOptions } from '../explore/explore';
import { type Examined, examine, type Seen } from './examine';
import { scenarios } from './generate';
import { claimsOf, type Scenario, sizeOf } from './scenario';
import { shapeOf } from './shape';
import { shuffled } from './shuffle';
import { joined, smaller } from './smaller';

export interface Finding {
	/** The oracle, and the kind of its violation. */
	readonly key: string;
	/** Minimal: without any of its calls it does not happen. */
	readonly scenario: Scenario;
	readonly seen: Seen;
	/** Traces of the scenario. */
	readonly traces: number;
	/** The claiming calls with which it happens. */
	readonly calls: Set<string>;
}

export interface Options {
	readonly explore: ExploreOptions;
	/** Programs at most. */
	readonly programs: number;
	/** Decides which larger programs are tried. */
	readonly seed: number;
	/** No new program is begun after that, in milliseconds as Date.now() has it. */
	readonly until: number;
	progress?(programs: number, findings: number): void;
	/** Is told each finding when it is new. */
	found?(finding: Finding): void;
}

export interface Hunted {
	readonly findings: readonly Finding[];
	/** Programs that were tried, apart from those that minimising tried. */
	readonly programs: number;
	/** Of these, those whose exploration the budget ended. */
	readonly partial: number;
	/** The stages that were gone through completely, in words. */
	readonly stages: readonly string[];
}

/** Programs of one size: first all small ones in every interleaving, then larger ones with few preemptions. */
interface Stage {
	readonly size: number;
	readonly threads: number;
	/** null: every interleaving. */
	readonly preemptions: number | null;
	/** Tried in an order that the seed decides. */
	readonly byLot?: true;
}

const STAGES: readonly Stage[] = [
	...[1, 2, 3].map((size) => ({ size, threads: 3, preemptions: null })),
	...[4, 5, 6].map((size) => ({ size, threads: 3, preemptions: 1 })),
	...[4, 5, 6, 7].map((size) => ({ size, threads: 5, preemptions: 2, byLot: true }) as const),
];

export async function hunt(implementation: Implementation, options: Options): Promise<Hunted> {
	const { until, found, progress, seed } = options;
	const findings = new Map<string, Finding>();
	const examined = new Map<string, Promise<Examined>>();
	const stages: string[] = [];
	let programs = 0;
	let partial = 0;
	const done = () => programs >= options.programs || Date.now() >= until;

	const look = (scenario: Scenario, bound: number | null): Promise<Examined> => {
		// What is small enough was, or will be, explored in every interleaving.
		const preemptions = sizeOf(scenario) <= 3 ? null : bound;
		const shape = `${preemptions} ${shapeOf(scenario)}`;
		let result = examined.get(shape);
		if (!result) {
			result = examine(scenario, implementation, { ...options.explore, preemptions });
			examined.set(shape, result);
		}
		return result;
	};

	const attempt = async (scenario: Scenario, { preemptions }: Stage): Promise<void> => {
		programs++;
		const { seen, complete } = await look(scenario, preemptions);
		if (!complete) partial++;
		for (const [key, { first }] of seen) {
			if (!first) continue;
			const shows = async (other: Scenario) => (await look(other, preemptions)).seen.has(key);
			const few = await descend(scenario, smaller, shows);
			const least = await descend(few, joined, shows);
			const name = `${key} ${shapeOf(least, true)}`;
			const known = findings.get(name);
			const { seen: all, traces } = await look(least, preemptions);
			const calls = known?.calls ?? new Set<string>();
			for (const call of claimsOf(least)) calls.add(call);
			if (known) continue;
			const finding: Finding = { key, scenario: least, seen: all.get(key)!, traces, calls };
			findings.set(name, finding);
			found?.(finding);
		}
		progress?.(programs, findings.size);
	};

	for (const stage of STAGES) {
		const all = [...scenarios(stage.size, implementation.calls, stage.threads)];
		let left = all.length;
		for (const scenario of stage.byLot ? shuffled(all, seed) : all) {
			if (done()) break;
			await attempt(scenario, stage);
			left--;
		}
		if (left > 0) break;
		stages.push(inWords(stage));
	}
	const size = (finding: Finding) => sizeOf(finding.scenario);
	const sorted = [...findings.values()].sort((a, b) => size(a) - size(b));
	return { findings: sorted, programs, partial, stages };
}

function inWords({ size, threads, preemptions }: Stage): string {
	const calls = size === 1 ? '1 call' : `${size} calls in up to ${Math.min(size, threads)} threads`;
	return preemptions === null
		? `${calls}, every interleaving`
		: `${calls}, <= ${preemptions} ${preemptions === 1 ? 'preemption' : 'preemptions'}`;
}
