// SPDX-License-Identifier: MIT
/** The reference: a model of drivers/dax/super.c, access by access, in its merged form, its revisions and its mutants. */
import type { CallName } from '../../schema/types/common';
import type { Program } from '../../schema/types/program';
import type { Implementation } from '../implementation';
import { MERGED, revisionName } from '../revision-names';
import { merged } from './calls';
import type { Calls } from './kernel';
import { Machine } from './machine';
import { revisions } from './revisions';

/** Names of the revisions, oldest first. */
export const revisionNames: readonly string[] = Object.keys(revisions);
export const mutantNames = (): readonly string[] => Object.keys(seeded());

const seeded = () => (require('./mutants') as typeof import('./mutants')).mutants;
/** For memory models only. */
const isolated = () => require('./isolated-threads') as typeof import('./isolated-threads');

/** Opens a revision by its name or an alias, or a mutant; undefined when there is none of that name. */
export function openReference(given = MERGED): Implementation | undefined {
	const name = revisionName(given);
	// Names come from a command line, such as "constructor", which every object has.
	const revision = Object.hasOwn(revisions, name) && revisions[name];
	if (revision) return reference(name, revision.about, revision.calls);
	const mutants = seeded();
	const mutant = Object.hasOwn(mutants, name) && mutants[name];
	if (!mutant) return undefined;
	return reference(name, mutant.about, { ...merged, ...mutant.calls });
}

function reference(target: string, about: string, calls: Calls): Implementation {
	const reached = new WeakMap<Program, Set<CallName>>();
	const reachedBy = (program: Program): Set<CallName> => {
		const names = reached.get(program) ?? new Set();
		reached.set(program, names);
		return names;
	};
	let last: { readonly program: Program; readonly machine: Machine } | undefined;
	return {
		address: target === MERGED ? 'reference' : `reference:${target}`,
		target,
		description: `model, ${about}`,
		revision: target,
		compiler: 'none: it is a model',
		calls: Object.keys(calls) as CallName[],
		fields: ['holder_data', 'holder_ops', 'flags', 'i_count'],
		explores: true,
		tested: true,
		isolate: (program) => isolated().isolate(program, calls, reachedBy(program)),
		execute: (program, schedules) => {
			if (last?.program !== program)
				last = { program, machine: new Machine(program, calls, reachedBy(program)) };
			const { machine } = last;
			return schedules.map((schedule) => machine.run(schedule));
		},
		sharing: {
			reached: reachedBy,
			reachedIsolated: (program) =>
				new Set([...reachedBy(program), ...isolated().analysedFor(program, calls)]),
			codeOf: (call) => calls[call],
		},
	};
}
