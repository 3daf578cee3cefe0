// SPDX-License-Identifier: MIT
/** The threads of an implementation's program as code that memory models understand. */
import type { IsolatedThreads, ThreadRun } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { type Action, type Code, NO_DEPENDENCIES } from './action';
import { withDependencies } from './dependencies';
import type { Program } from './search';
import { treeOf } from './tree';

export function programOf(alone: IsolatedThreads): Program<ThreadRun> {
	const locks = alone.locks?.() ?? NONE;
	const free = Object.fromEntries([...locks].map((lock) => [lock, FREE]));
	return {
		init: { ...alone.init, ...free },
		threads: Array.from({ length: alone.threads }, (_, thread) => codeOf(alone, locks, thread)),
		domain: (location) => (locks.has(location) ? [FREE, HELD] : alone.values(location)),
	};
}

const NONE: ReadonlySet<string> = new Set();
/** Of a lock, which is taken by a read-modify-write that waits until it finds it free. */
const FREE = 0;
const HELD = 1;

function codeOf(
	alone: IsolatedThreads,
	locks: ReadonlySet<string>,
	thread: number,
): Code<ThreadRun> {
	function run(values: readonly Value[]): { actions: Action[]; end: ThreadRun | null } {
		if (locks.size === 0) {
			const lone = alone.run(thread, values);
			return { actions: actions(lone, locks), end: lone.waits ? null : lone };
		}
		const told = values.values();
		const own: Value[] = [];
		let lone = alone.run(thread, own);
		for (let index = 0; index < lone.events.length; index++) {
			const { op, object } = lone.events[index]!;
			const takes = op === 'lock' && locks.has(object);
			if (!takes && op !== 'read' && op !== 'rmw') continue;
			const { value, done } = told.next();
			if (done) {
				const events = lone.events.slice(0, index + 1);
				return { actions: actions({ ...lone, events }, locks), end: null };
			}
			if (takes) continue;
			own.push(value);
			lone = alone.run(thread, own);
		}
		return { actions: actions(lone, locks), end: lone };
	}
	const domain = (location: string) => (locks.has(location) ? [FREE] : alone.values(location));
	const code: Code<ThreadRun> = {
		mayWrite: (location) => locks.has(location) || alone.mayWrite(thread, location),
		run,
		path: (values) => withDependencies(treeOf(code), values, domain),
	};
	return code;
}

/** The barriers, and the events that touch memory; where one of these stands among all is its origin. */
function actions({ events, fences = [] }: ThreadRun, locks: ReadonlySet<string>): Action[] {
	const found: Action[] = [];
	const open: number[] = [];
	let sections = 0;
	events.forEach((event, origin) => {
		const { op, object: location, order, new: value, update } = event;
		const statement = `${event.site} ${event.function}`;
		const base = { depends: NO_DEPENDENCIES, origin, statement };
		for (const { before, fence } of fences)
			if (before === origin) found.push({ ...base, kind: 'fence', fence });
		switch (op) {
			case 'read':
				found.push({ ...base, kind: 'read', location, order });
				break;
			case 'rmw':
				found.push({ ...base, kind: 'read', location, order, ...(update && { update }) });
				break;
			case 'write':
				found.push({ ...base, kind: 'write', location, order, value });
				break;
			case 'lock':
				if (locks.has(location))
					found.push({ ...base, kind: 'read', location, order: 'once', ...TAKE });
				break;
			case 'unlock':
				if (locks.has(location))
					found.push({
						...base,
						kind: 'write',
						location,
						order: 'once',
						value: FREE,
						unlock: true,
					});
				break;
			case 'srcu-lock':
				open.push(sections++);
				found.push({ ...base, kind: 'section-begin', location });
				break;
			case 'srcu-unlock':
				found.push({ ...base, kind: 'section-end', location, ends: open.pop() ?? -1 });
				break;
			case 'sync-end':
				found.push({ ...base, kind: 'grace-period', location });
				break;
			default:
		}
	});
	return found;
}

const TAKE = {
	update: (old: Value) => (old === FREE ? HELD : undefined),
	blocks: true,
	lock: true,
};
