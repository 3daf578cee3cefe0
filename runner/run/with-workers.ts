// SPDX-License-Identifier: MIT
/** Decides cases of the reference in workers and, once those of other implementations have ended, in the main thread. */
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Options } from '../decide/decide';
import { emptyResult } from '../decide/empty-result';
import type { Case } from '../library/compile';
import type { DecideData, Decided } from './decide-worker';
import type { Decider } from './decider';
import type { InProcess } from './in-process';
import { Workers } from './workers';

export interface Division {
	readonly cases: readonly Case[];
	/** A thread that decides a case decides it on all of these, because they share its findings. */
	readonly implementations: readonly Implementation[];
	readonly options: Options;
	/** Decides in the main thread. */
	readonly inProcess: InProcess;
	readonly workers: number;
	/** Compiled decide-worker.ts. */
	readonly file: string;
}

export function withWorkers(division: Division): Decider {
	const { cases, implementations, options, inProcess, file } = division;
	const addresses = implementations.map(({ address }) => address);
	const decisions = new Decisions(cases, addresses);
	const { order, memory, preemptions, budget, timeout } = options;
	const data: DecideData = {
		addresses,
		options: { order, preemptions, budget, timeout, ...(memory && { memory }) },
	};
	const workers = new Workers<Decided>({
		cases,
		file,
		data,
		workers: division.workers,
		onMessage(test, content) {
			if ('result' in content) return decisions.settle(test, content.result);
			const { address, traces, executions } = content;
			decisions.of(test, address).start();
			options.explored?.(test.id, address, traces, executions);
		},
		onLost(test, reason) {
			for (const address of addresses)
				decisions.settle(test, emptyResult(test, address, 'error', reason));
		},
	});
	const decideRest = async () => {
		for (;;) {
			const test = await inProcess.turn(async () => workers.claim());
			if (!test) return;
			for (const each of implementations) {
				const start = () => decisions.of(test, each.address).start();
				decisions.settle(test, await inProcess.decide(test, each, start));
			}
		}
	};
	let begun = false;
	return {
		decide(test, { address }, onStart) {
			const decision = decisions.of(test, address);
			decision.onStart = onStart;
			// A run asks for all decisions at once, so those of other implementations take their turns before.
			if (!begun) queueMicrotask(decideRest);
			begun = true;
			return decision.result;
		},
		close: () => workers.close(),
	};
}

/** Decision of a case on an implementation: a worker may make it before the run asks for it. */
class Decision {
	onStart: (() => void) | undefined;
	settle: (result: Result) => void = () => {};
	readonly result = new Promise<Result>((resolve) => {
		this.settle = resolve;
	});
	private started = false;

	start(): void {
		if (!this.started) this.onStart?.();
		this.started = true;
	}
}

class Decisions {
	private readonly known: ReadonlyMap<Case, ReadonlyMap<string, Decision>>;

	constructor(cases: readonly Case[], addresses: readonly string[]) {
		const all = () => new Map(addresses.map((address) => [address, new Decision()] as const));
		this.known = new Map(cases.map((test) => [test, all()]));
	}

	of(test: Case, address: string): Decision {
		const found = this.known.get(test)?.get(address);
		if (!found) throw new Error(`${test.id} on ${address} is not among the decisions of workers`);
		return found;
	}

	/** Gives the result to the run. Ignores a second one, of a worker that ended after the first. */
	settle(test: Case, result: Result): void {
		const decision = this.of(test, result.implementation);
		decision.start();
		decision.settle(result);
	}
}
