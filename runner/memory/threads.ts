// SPDX-License-Identifier: MIT
/** The threads of an implementation's program as code that memory models understand. */
import type { Alone, Lone } from '../../implementations/implementation';
import type { Value } from '../../schema/types/execution';
import { type Action, type Code, NO_DEPENDENCIES } from './action';
import { withDependencies } from './dependencies';
import type { Program } from './search';

export function programOf(alone: Alone): Program<Lone> {
	return {
		init: alone.init,
		threads: Array.from({ length: alone.threads }, (_, thread) => codeOf(alone, thread)),
		domain: (location) => alone.values(location),
	};
}

function codeOf(alone: Alone, thread: number): Code<Lone> {
	const actionsOf = (values: readonly Value[]) => actions(alone.run(thread, values));
	return {
		mayWrite: (location) => alone.mayWrite(thread, location),
		run(values) {
			const lone = alone.run(thread, values);
			return { actions: actions(lone), end: lone.waits ? null : lone };
		},
		path: (values) => withDependencies(actionsOf, values, (location) => alone.values(location)),
	};
}

/** The barriers, and the events that touch memory; where one of these stands among all is its origin. */
function actions({ events, fences = [] }: Lone): Action[] {
	const found: Action[] = [];
	const open: number[] = [];
	let sections = 0;
	events.forEach((event, origin) => {
		const { op, object: location, order, new: value, update } = event;
		const base = { depends: NO_DEPENDENCIES, origin };
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
