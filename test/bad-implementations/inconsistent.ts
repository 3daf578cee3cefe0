// SPDX-License-Identifier: MIT
import { altered, type Bad, isRace } from './bad';

/** Valid executions that contradict themselves or the program. */
const inconsistent = (
	about: string,
	reason: RegExp,
	change: Parameters<typeof altered>[0],
	where?: Bad['where'],
): Bad => ({ about, verdict: 'error', reason, where, open: () => altered(change) });

export const unknownAgent = inconsistent(
	'has an event of an agent that does not exist',
	/^event 1 is of agent 7, which is not listed$/,
	({ events }) => {
		events[1]!.agent = 7;
		events[1]!.enabled = [0, 7];
	},
);

export const notEnabled = inconsistent(
	'lets an agent go on that was not enabled',
	/^event 0 is of agent 0, which was not enabled$/,
	({ events }) => {
		events[0]!.enabled = [1];
	},
);

export const otherThreads = inconsistent(
	'names other threads than the program',
	/^agent 0 is "someone", the program's thread is "\w+"$/,
	({ agents }) => {
		agents[0] = 'someone';
	},
);

export const missingResult = inconsistent(
	'has fewer results than returns',
	/^\d+ calls returned, but there are \d+ results$/,
	({ results }) => {
		results.pop();
	},
);

export const brokenChain = inconsistent(
	'reads a value that no event wrote',
	/^event \d+ saw stranger in holder_\w+, where \w+ was last$/,
	({ events }) => {
		events.find(({ object }) => object.startsWith('holder_'))!.old = 'stranger';
	},
);

export const readThatWrites = inconsistent(
	'changes a field by reading it',
	/^event \d+ is a read that changed flags$/,
	({ events, device }) => {
		for (const event of events)
			if (event.object === 'flags' && event.op === 'read') event.new = !event.old;
		device.alive = !device.alive;
	},
	({ id }) => id !== 'DAXV-0020',
);

export const otherEnd = inconsistent(
	'ends with another device than its events leave',
	/^ops ended as stranger, but its last event left \w+$/,
	({ device }) => {
		device.ops = 'stranger';
	},
);

export const swappedCalls = inconsistent(
	'makes the calls of a thread in another order',
	/^thread calls did not make its calls in order$/,
	({ events }) => {
		for (const event of events) event.site = 1 - event.site;
	},
	({ id }) => id === 'DAXV-0020',
);

export const stopsEarly = inconsistent(
	'stops before its schedule ends',
	/^it stopped after \d+ events of a schedule of \d+$/,
	({ events }, schedule) => {
		// The runner replays complete executions and would find a difference first.
		const whole = schedule.length === events.length;
		if (schedule.length > 1 && !whole) events.length = schedule.length - 1;
	},
	isRace,
);
