// SPDX-License-Identifier: MIT
/** A finding as a vector: what was seen and is right, what should have been, and the rule that forbids the rest. */
import type { Implementation } from '../../implementations/implementation';
import type { Call, Rule } from '../../schema/types/vector';
import { type End, endOf } from '../authoring/try/ends';
import { outcomesOf, variableResults } from '../authoring/try/outcomes';
import { Dependence } from '../explore/dependence';
import { explore, type Options } from '../explore/explore';
import type { Trace } from '../explore/trace';
import type { LiveVector } from '../library/vector';
import { callsOf } from '../library/vector-parts';
import { keyOf, violationsOf } from './examine';
import { History } from './history';
import type { Finding } from './hunt';
import { followsCallerRules } from './legal';
import { asVector, compileScenario } from './scenario';

/** The vector of a finding under an id; its implementation is named in what the model showed. */
export async function draft(
	finding: Finding,
	id: string,
	implementation: Implementation,
	options: Options,
): Promise<LiveVector> {
	const { scenario, seen, key, traces, calls } = finding;
	const compiled = compileScenario(scenario);
	const ends: End[] = [];
	const rules: Record<string, Rule> = {};
	const { program, observations } = compiled;
	const visit = (trace: Trace): void => {
		const history = new History(scenario, compiled, trace.execution);
		const end = endOf(compiled, trace.execution);
		const violations = violationsOf(history);
		for (const [oracle, violation] of violations) {
			const own = keyOf(oracle, violation) === key;
			// What else is wrong is for other drafts to state; but none takes a WARN for granted.
			if (own || oracle.name === 'warning') violation.mend?.(end);
			if (own && violation.rule) rules[violation.rule[0]] = violation.rule[1];
		}
		// Who says what an execution with a fault should have come to?
		if (followsCallerRules(history) && end.faults.length > 0) return;
		ends.push(end);
	};
	const dependence = new Dependence(observations);
	await explore({ implementation, program, dependence, options, visit });
	const { oracle, violation } = seen;
	const { device, holders, threads } = scenario;
	const written = asVector(scenario);
	const vague = ends.some((end) => Object.keys(end.device).length === 0);
	const usual = vague ? ends.map((end) => ({ ...end, device: {}, callbacks: {} })) : ends;
	const claims = calls.size > 0 ? `, with ${[...calls].sort().join(' and ')}` : '';
	const vector = {
		format: 1,
		id,
		title: oracle.states,
		status: 'open',
		tags: tagsOf(written),
		bug: {
			class: oracle.class,
			effect: oracle.effect,
			evidence: 'inferred',
			model: `${violation.message}: in ${seen.traces} of ${traces} traces on ${implementation.address}${claims}.`,
			links: oracle.links,
		},
		holders,
		device,
		threads,
		outcomes: usual.length > 0 ? outcomesOf(written, usual) : 'TODO',
		...(Object.keys(rules).length > 0 && { rules }),
	};
	return withoutIdleNames(vector as unknown as LiveVector);
}

const TAGS: Readonly<Record<string, LiveVector['tags'][number]>> = {
	fs_dax_get: 'claim',
	fs_dax_get_by_bdev: 'claim',
	fs_put_dax: 'release',
	kill_dax: 'removal',
	run_dax: 'revival',
	dax_holder_notify_failure: 'notify',
	put_dax: 'lifetime',
	dax_holder: 'callback',
};

function tagsOf(vector: LiveVector): LiveVector['tags'] {
	const tags = [...callsOf(vector)].map(({ value }) => TAGS[value.call]!);
	const several = Object.keys(vector.threads).length > 1;
	return [...new Set([...tags, several ? 'race' : 'sequential'])] as LiveVector['tags'];
}

/** Names are for calls that somebody speaks of. */
function withoutIdleNames(vector: LiveVector): LiveVector {
	const telling = variableResults(vector);
	const said = JSON.stringify(vector.rules ?? {});
	const named = ({ as, ...call }: Call): Call =>
		telling.has(as!) || said.includes(`"${as}"`) ? { ...call, as } : call;
	const threads = Object.entries(vector.threads).map(([name, list]) => [name, list.map(named)]);
	const holders = Object.entries(vector.holders!).map(([name, holder]) => {
		const { notify_failure } = holder;
		if (!notify_failure?.calls) return [name, holder];
		return [name, { notify_failure: { calls: notify_failure.calls.map(named) } }];
	});
	return {
		...vector,
		holders: Object.fromEntries(holders),
		threads: Object.fromEntries(threads),
	} as unknown as LiveVector;
}
