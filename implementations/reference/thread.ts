// SPDX-License-Identifier: MIT
/** One thread of a program: runs its calls from access to access, and implements the Kernel that the calls use. */
import type { CallName, DaxOperation } from '../../schema/types/common';
import type { Event } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import type { Access, Steps } from './access';
import { iput } from './inode';
import type { Journal } from './journal';
import {
	type Arguments,
	type Calls,
	type DaxDevice,
	type DevDax,
	type Disk,
	type Kernel,
	type Minors,
	NULL,
	Oops,
	type Pointer,
	type Result,
} from './kernel';
import type { Reader, Srcu } from './srcu';

/** Maximum nested callbacks; with more, a kernel's stack would overflow. */
const MAX_CALLBACK_DEPTH = 32;

/** State that the threads of one execution share. */
export interface World {
	readonly program: Program;
	readonly calls: Calls;
	readonly dax_dev: DaxDevice;
	readonly dax_srcu: Srcu;
	readonly dev_dax: DevDax;
	readonly disk: Disk;
	readonly minors: Minors;
	readonly journal: Journal;
}

export class Thread implements Kernel {
	/** The access to perform next; null when the thread has ended. */
	pending: Access | null = null;
	/** The code in progress, innermost last. */
	private readonly frames: Steps<unknown>[];
	/** The calls in progress, outermost first, as sites of the program and as kernel functions. */
	private readonly sites: number[] = [];
	private readonly functions: string[] = [];
	private depth = 0;
	readonly sections: Reader[] = [];
	/** The dax_device argument of the call in progress. */
	dax_dev: DaxDevice;
	/** Results of earlier calls, by site. */
	private readonly results = new Map<number, Result>();
	private startOff: number | 'untouched' = 'untouched';

	constructor(
		private readonly world: World,
		readonly index: number,
		calls: readonly ProgramCall[],
	) {
		this.dax_dev = world.dax_dev;
		this.frames = [this.body(calls)];
		this.advance(undefined);
	}

	get dax_srcu(): Srcu {
		return this.world.dax_srcu;
	}

	get dev_dax(): DevDax {
		return this.world.dev_dax;
	}

	get disk(): Disk {
		return this.world.disk;
	}

	get minors(): Minors {
		return this.world.minors;
	}

	get site(): number {
		return this.sites.at(-1)!;
	}

	get function(): string {
		return this.functions.at(-1) ?? '';
	}

	/** True if the pending access can be performed. */
	ready(): boolean {
		return this.pending !== null && (this.pending.ready === undefined || this.pending.ready());
	}

	/** Takes the value of the pending access and runs up to the next one. */
	advance(value: unknown): void {
		try {
			this.pending = this.next(value);
		} catch (error) {
			if (!(error instanceof Oops)) throw error;
			this.oops(error.fault);
		}
	}

	/**
	 * Runs the innermost frame up to its next access; null when the thread has ended. Frames are resumed directly, because
	 * each yield* in between costs as much as an access.
	 */
	private next(value: unknown): Access | null {
		const { frames } = this;
		let given = value;
		for (let steps = frames.at(-1); steps; steps = frames.at(-1)) {
			const step = steps.next(given);
			if (!step.done && step.value !== ENTER) return step.value;
			if (step.done) frames.pop();
			given = step.done ? step.value : undefined;
		}
		return null;
	}

	/** Ends the thread at its pending access. Locks and read sections that it holds stay held. */
	oops(fault: Oops['fault']): void {
		this.pending = null;
		this.world.journal.fault(fault, this.index);
	}

	private *body(calls: readonly ProgramCall[]): Steps<void> {
		for (const call of calls) {
			this.sites.push(call.site);
			yield edge('call', call.call);
			const outer = this.dax_dev;
			this.dax_dev = this.deviceOf(call);
			this.startOff = 'untouched';
			this.frames.push(this.begin(call.call, call));
			const value: Result = yield ENTER;
			this.functions.pop();
			this.dax_dev = outer;
			this.results.set(call.site, value);
			const start_off = this.startOff;
			yield edge('return', call.call, (event) => {
				event.new = value;
				const given = call.start_off && { start_off };
				this.world.journal.results.push({ site: call.site, value, ...given });
			});
			this.sites.pop();
		}
	}

	/** The dax_device argument: the device, NULL, or what an earlier call returned. */
	private deviceOf({ device }: ProgramCall): DaxDevice {
		if (device === undefined) return this.world.dax_dev;
		if (device === null) return NULL;
		return this.results.get(device) === 'ok' ? this.world.dax_dev : NULL;
	}

	storeStartOff(bytes: number): void {
		this.startOff = bytes;
	}

	*call(name: CallName, args?: Partial<Arguments>): Steps<Result> {
		const result = yield* this.begin(name, args);
		this.functions.pop();
		return result;
	}

	/** Enters a function; the caller leaves it with functions.pop(). */
	private begin(name: CallName, args: Partial<Arguments> = {}): Steps<Result> {
		const call = this.world.calls[name];
		if (!call) throw new Error(`this revision has no ${name}()`);
		this.functions.push(name);
		return call(this, {
			holder: args.holder ?? null,
			ops: args.ops ?? null,
			offset: args.offset ?? 0,
			length: args.length ?? 4096,
			flags: args.flags ?? 0,
			driver: args.driver ?? null,
		});
	}

	*notify_failure(ops: Pointer, { offset, length, flags }: Arguments): Steps<Result> {
		const { journal, program } = this.world;
		if (ops === null) throw new Oops('null-dereference');
		const holder = program.holders[ops];
		if (!holder) throw new Oops('null-call');
		if (this.depth === MAX_CALLBACK_DEPTH) throw new Oops('livelock');

		const name = `${ops}.notify_failure`;
		this.functions.push(name);
		this.depth++;
		yield edge('call', name, () => {
			const event = journal.last;
			journal.callbacks.push({ holder: ops, offset, length, flags, agent: this.index, event });
		});
		yield* this.body(holder.calls);
		yield edge('return', name, (event) => {
			event.new = holder.returns;
		});
		this.depth--;
		this.functions.pop();
		return holder.returns;
	}

	hasOperation(ops: Pointer, member: DaxOperation): boolean {
		if (ops === null) throw new Oops('null-dereference');
		return !this.world.program.holders[ops]?.lacks?.includes(member);
	}

	operation(ops: Pointer, member: DaxOperation): Result {
		if (!this.hasOperation(ops, member)) throw new Oops('null-call');
		return ops;
	}

	WARN_ON(condition: boolean, where: string): void {
		const { journal } = this.world;
		if (condition)
			journal.warnings.push({ function: where, agent: this.index, event: journal.last });
	}

	iput(): Steps<void> {
		return iput(this);
	}
}

/** Yielded to run the frame that was just added; the value of the yield is its result. */
const ENTER = edge('call', '');

/** The begin or end of a call: an event of its own, because events of other threads can come before and after it. */
function edge(op: 'call' | 'return', object: string, perform = (_: Event) => {}): Access {
	return { op, object, marked: true, memory: false, perform };
}
