// SPDX-License-Identifier: MIT
/** Converts the isolated threads of an implementation to code that memory models run. */
import type { IsolatedThreads, ThreadEvent, ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { type Action, type Code, NO_DEPENDENCIES, type Read, type Run } from './action';
import { withDependencies } from './dependencies';
import type { Program } from './program';
import { treeOf } from './tree';

const NONE: ReadonlySet<string> = new Set();

/** Values of a lock. Taking it is a read-modify-write that waits until it reads FREE. */
const FREE = 0;
const HELD = 1;

export function programOf(isolated: IsolatedThreads): Program<ThreadRun> {
	const locks = isolated.locks?.() ?? NONE;
	const free = Object.fromEntries([...locks].map((lock) => [lock, FREE]));
	return {
		init: { ...isolated.init, ...free },
		threads: Array.from({ length: isolated.threads }, (_, thread) =>
			codeOf(isolated, locks, thread),
		),
		domain: (location) => (locks.has(location) ? [FREE, HELD] : isolated.values(location)),
	};
}

function codeOf(
	isolated: IsolatedThreads,
	locks: ReadonlySet<string>,
	thread: number,
): Code<ThreadRun> {
	const domain = (location: string) => (locks.has(location) ? [FREE] : isolated.values(location));
	const code: Code<ThreadRun> = {
		mayWrite: (location) => locks.has(location) || isolated.mayWrite(thread, location),
		run: (values) =>
			locks.size === 0
				? runWithoutLocks(isolated, thread, values)
				: runWithLocks(isolated, locks, thread, values),
		path: (values) => withDependencies(treeOf(code), values, domain),
	};
	return code;
}

function runWithoutLocks(
	isolated: IsolatedThreads,
	thread: number,
	values: readonly Value[],
): Run<ThreadRun> {
	const run = isolated.run(thread, values);
	return { actions: actionsOf(run, NONE), end: run.waits ? null : run };
}

/** Runs a thread in which taking a lock is a read too: it uses up one of the values, which the thread does not get. */
function runWithLocks(
	isolated: IsolatedThreads,
	locks: ReadonlySet<string>,
	thread: number,
	values: readonly Value[],
): Run<ThreadRun> {
	const unused = values.values();
	const passed: Value[] = [];
	let run = isolated.run(thread, passed);
	// Passing one more value to the thread replaces the run by a longer one that begins with the same events.
	for (let index = 0; index < run.events.length; index++) {
		const event = run.events[index];
		const takesLock = event?.op === 'lock' && locks.has(event.object);
		if (!takesLock && event?.op !== 'read' && event?.op !== 'rmw') continue;
		const { value, done } = unused.next();
		if (done) {
			const events = run.events.slice(0, index + 1);
			return { actions: actionsOf({ ...run, events }, locks), end: null };
		}
		if (takesLock) continue;
		passed.push(value);
		run = isolated.run(thread, passed);
	}
	return { actions: actionsOf(run, locks), end: run };
}

/** Converts the barriers and events of a run to actions. The origin of an action is the index of its event. */
function actionsOf({ events, fences = [] }: ThreadRun, locks: ReadonlySet<string>): Action[] {
	const found: Action[] = [];
	const sections: Sections = { open: [], begun: 0 };
	for (let origin = 0; origin < events.length; origin++) {
		const event = events[origin]!;
		const statement = `${event.site} ${event.function}`;
		const base = { depends: NO_DEPENDENCIES, origin, statement };
		for (const { before, fence } of fences)
			if (before === origin) found.push({ ...base, kind: 'fence', fence });
		const action = actionOf(event, base, locks, sections);
		if (action) found.push(action);
	}
	return found;
}

interface Sections {
	/** Numbers of the read sections that are open, outermost first. */
	readonly open: number[];
	begun: number;
}

const TAKE: Pick<Read, 'order' | 'update' | 'blocks' | 'lock'> = {
	order: 'once',
	update: (old) => (old === FREE ? HELD : undefined),
	blocks: true,
	lock: true,
};

const RELEASE = { order: 'once', value: FREE, unlock: true } as const;

/**
 * Converts an event to an action; null if memory models ignore it. Accesses are spelled out: to spread base for each event
 * of each path took a tenth of the time of a search.
 */
function actionOf(
	{ op, object: location, order, new: value, update }: ThreadEvent,
	base: Pick<Action, 'depends' | 'origin' | 'statement'>,
	locks: ReadonlySet<string>,
	sections: Sections,
): Action | null {
	const { depends, origin, statement } = base;
	switch (op) {
		case 'read':
			return { depends, origin, statement, kind: 'read', location, order };
		case 'rmw':
			return {
				depends,
				origin,
				statement,
				kind: 'read',
				location,
				order,
				...(update && { update }),
			};
		case 'write':
			return { depends, origin, statement, kind: 'write', location, order, value };
		case 'lock':
			return locks.has(location) ? { ...base, kind: 'read', location, ...TAKE } : null;
		case 'unlock':
			return locks.has(location) ? { ...base, kind: 'write', location, ...RELEASE } : null;
		case 'srcu-lock':
			sections.open.push(sections.begun++);
			return { ...base, kind: 'section-begin', location };
		case 'srcu-unlock':
			return { ...base, kind: 'section-end', location, ends: sections.open.pop() ?? -1 };
		case 'sync-end':
			return { ...base, kind: 'grace-period', location };
		default:
			return null;
	}
}
