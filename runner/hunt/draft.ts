// SPDX-License-Identifier: MIT
/** Drafts a vector of a finding: the correct ends that were seen, the corrected ones, and the rule that is violated. */
import type { Implementation } from '../../implementations/implementation';
import type { Call, Holder, Rule } from '../../schema/types/vector';
import { type End, endOf } from '../authoring/try/ends';
import { outcomesOf, variableResults } from '../authoring/try/outcomes';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import type { Trace } from '../explore/trace';
import type { Correction } from '../history/oracles/oracle';
import type { LiveVector } from '../library/vector';
import { executionFollowsRules } from './caller-rules';
import { keyOf, violationsOf } from './examine';
import { historyOf } from './execution-history';
import type { Finding } from './hunt';
import { asVector, callsIn, compileScenario, type Scenario } from './scenario';

/** Explores the finding's scenario again; the vector names the implementation in its model field. */
export async function draft(
	finding: Finding,
	id: string,
	implementation: Implementation,
	options: Options,
): Promise<LiveVector> {
	const { scenario, seen, traces, claims } = finding;
	const { oracle, violation } = seen;
	const { ends, rules } = await exploreCorrected(finding, implementation, options);
	const written = asVector(scenario);
	const unknown = ends.some((end) => Object.keys(end.device).length === 0);
	const compared = unknown ? ends.map((end) => ({ ...end, device: {}, callbacks: {} })) : ends;
	const by = claims.size > 0 ? `, with ${[...claims].sort().join(' and ')}` : '';
	const { device, holders, threads } = scenario;
	const vector = {
		format: 1,
		id,
		title: oracle.invariant,
		status: 'open',
		tags: tagsOf(scenario),
		bug: {
			class: oracle.class,
			effect: oracle.effect,
			evidence: 'inferred',
			model: `${violation.message}: in ${seen.traces} of ${traces} traces on ${implementation.address}${by}.`,
			links: oracle.links,
		},
		holders,
		device,
		threads,
		outcomes: compared.length > 0 ? outcomesOf(written, compared) : 'TODO',
		...(Object.keys(rules).length > 0 && { rules }),
	};
	return withoutUnusedNames(vector as unknown as LiveVector);
}

interface Corrected {
	readonly ends: readonly End[];
	readonly rules: Readonly<Record<string, Rule>>;
}

/** Collects the end of each trace, corrected where it violates the finding's oracle, and the rules that forbid that. */
async function exploreCorrected(
	{ scenario, key }: Finding,
	implementation: Implementation,
	options: Options,
): Promise<Corrected> {
	const compiled = compileScenario(scenario);
	const ends: End[] = [];
	const rules: Record<string, Rule> = {};
	const visit = ({ execution }: Trace): void => {
		const history = historyOf(compiled, execution);
		let end = endOf(compiled, execution);
		for (const [oracle, violation] of violationsOf(history)) {
			const own = keyOf(oracle, violation) === key;
			// Other violations are left to other drafts, except that no draft allows a WARN.
			const { correction, rule } = violation;
			if (correction && (own || oracle.name === 'warning')) end = corrected(end, correction);
			if (own && rule) rules[rule[0]] = rule[1];
		}
		// No invariant determines the end of an execution with a fault.
		if (!executionFollowsRules(history) || end.faults.length === 0) ends.push(end);
	};
	const { program, observations } = compiled;
	const dependence = new Dependence(observations);
	await explore({ implementation, program, dependence, options, visit });
	return { ends, rules };
}

function corrected(end: End, correction: Correction): End {
	const { results, device, callbacks, warnings, resultsOnly } = correction;
	return {
		...end,
		results: { ...end.results, ...results },
		device: resultsOnly ? {} : { ...end.device, ...device },
		callbacks: resultsOnly ? {} : { ...end.callbacks, ...callbacks },
		warnings: warnings ?? end.warnings,
	};
}

type Tag = LiveVector['tags'][number];

const TAGS: Readonly<Record<string, Tag>> = {
	fs_dax_get: 'claim',
	fs_dax_get_by_bdev: 'claim',
	fs_put_dax: 'release',
	kill_dax: 'removal',
	run_dax: 'revival',
	dax_holder_notify_failure: 'notify',
	put_dax: 'lifetime',
	dax_holder: 'callback',
};

function tagsOf(scenario: Scenario): Tag[] {
	const tags = callsIn(scenario).flatMap(({ call }) => TAGS[call] ?? []);
	const several = Object.keys(scenario.threads).length > 1;
	return [...new Set([...tags, several ? ('race' as const) : ('sequential' as const)])];
}

/** Removes the names of calls to which no outcome and no rule refers. */
function withoutUnusedNames(vector: LiveVector): LiveVector {
	const variable = variableResults(vector);
	const rules = JSON.stringify(vector.rules ?? {});
	const named = ({ as, ...call }: Call): Call =>
		as !== undefined && (variable.has(as) || rules.includes(`"${as}"`)) ? { ...call, as } : call;
	const holder = ({ notify_failure: callback }: Holder) =>
		callback?.calls ? { notify_failure: { calls: callback.calls.map(named) } } : {};
	const mapped = <A, B>(record: Readonly<Record<string, A>> = {}, change: (value: A) => B) =>
		Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
	return {
		...vector,
		holders: mapped(vector.holders, holder),
		threads: mapped(vector.threads, (calls: readonly Call[]) => calls.map(named)),
	} as unknown as LiveVector;
}
