// SPDX-License-Identifier: MIT
/** One thread of a program: runs its calls from access to access, and implements the Kernel that the calls use. */
import type { CallName, DaxOperation, FailureOffset, FaultName } from '../../schema/types/common';
import type { ProgramCall } from '../../schema/types/program';
import { returnsDevice } from '../calls';
import { bytesNumber } from '../memory-failure';
import { type Access, edge, type Steps } from './access';
import { iput } from './inode';
import {
	type Arguments,
	type DaxDevice,
	type DevDax,
	type Disk,
	type Kernel,
	type Log,
	type Minors,
	NULL,
	Oops,
	type Pointer,
	type Result,
} from './kernel';
import type { Reader, Srcu } from './srcu';
import type { Stop } from './stop';
import type { World } from './world';

/** Bytes of a driver's memory, as much as the disk has. */
const DEVICE_BYTES = 1n << 20n;

/** Maximum nested callbacks; with more, a kernel's stack would overflow. */
const MAX_CALLBACK_DEPTH = 32;

export class Thread implements Kernel {
	/** The code in progress, innermost last. */
	private readonly frames: Steps<unknown>[];
	/** The calls in progress, outermost first, as sites of the program and as kernel functions. */
	private readonly sites: number[] = [];
	private readonly functions: string[] = [];
	private depth = 0;
	private warnings: string[] = [];
	readonly sections: Reader[] = [];
	/** The dax_device argument of the call in progress. */
	dax_dev: DaxDevice;
	readonly devices: Kernel['devices'];
	readonly dax_srcu: Srcu;
	readonly minors: Minors;
	/** Results of earlier calls, by site. */
	private readonly results = new Map<number, Result>();
	private startOff: number | 'untouched' = 'untouched';

	constructor(
		private readonly world: World,
		private readonly index: number,
		calls: readonly ProgramCall[],
	) {
		const { dax_dev, dax_srcu, minors, log } = world.state;
		this.dax_dev = dax_dev;
		this.devices = log ? [dax_dev, log.dax_dev] : [dax_dev];
		this.dax_srcu = dax_srcu;
		this.minors = minors;
		this.frames = [this.body(calls)];
	}

	get dev_dax(): DevDax {
		return (this.log ?? this.world.state).dev_dax;
	}

	get disk(): Disk {
		return (this.log ?? this.world.state).disk;
	}

	/** The second device if the call is about it, else null. */
	private get log(): Log | null {
		const { log } = this.world.state;
		return log?.dax_dev === this.dax_dev ? log : null;
	}

	/** Takes the value of the access of the last stop and runs up to the next one; at first, runs up to the first stop. */
	advance(value?: unknown): Stop {
		this.warnings = [];
		let access: Access | null = null;
		let fault: FaultName | null = null;
		try {
			access = this.next(value);
		} catch (error) {
			if (!(error instanceof Oops)) throw error;
			fault = error.fault;
		}
		const { sites, functions, warnings } = this;
		return { access, site: sites.at(-1) ?? 0, function: functions.at(-1) ?? '', warnings, fault };
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

	private *body(calls: readonly ProgramCall[]): Steps<void> {
		for (const call of calls) {
			this.sites.push(call.site);
			yield edge('call', call.call);
			const outer = this.dax_dev;
			this.dax_dev = this.deviceOf(call);
			this.startOff = 'untouched';
			this.frames.push(this.begin(call.call, call));
			const returned: Result = yield ENTER;
			this.functions.pop();
			const value = this.log ? ofLog(call.call, returned) : returned;
			this.dax_dev = outer;
			this.results.set(call.site, value);
			const given = call.start_off && { start_off: this.startOff };
			yield edge('return', call.call, (event) => {
				event.new = value;
				this.world.journal.results.push({ site: call.site, value, ...given });
			});
			this.sites.pop();
		}
	}

	/** The dax_device argument: the device, the second one, NULL, or what an earlier call returned. */
	private deviceOf({ device }: ProgramCall): DaxDevice {
		const { dax_dev, log } = this.world.state;
		if (device === undefined) return dax_dev;
		if (device === null) return NULL;
		const given = device === 'log' ? device : this.results.get(device);
		if (given === 'log') return log?.dax_dev ?? NULL;
		return given === 'ok' ? dax_dev : NULL;
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
		this.world.reached.add(name);
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
		const device = this.deviceTold();
		yield edge('call', name, () => {
			const event = journal.last;
			const told = { holder: ops, offset, length, flags, agent: this.index, event };
			journal.callbacks.push(device ? { ...told, device } : told);
		});
		yield* this.body(holder.calls);
		yield edge('return', name, (event) => {
			event.new = holder.returns;
		});
		this.depth--;
		this.functions.pop();
		return holder.returns;
	}

	/** The dax_device argument of a callback, where it is not the first device. */
	private deviceTold(): 'log' | 'unknown' | undefined {
		if (this.dax_dev === this.world.state.dax_dev) return undefined;
		return this.log ? 'log' : 'unknown';
	}

	hasOperation(ops: Pointer, member: DaxOperation): boolean {
		if (ops === null) throw new Oops('null-dereference');
		return !this.world.program.holders[ops]?.lacks?.includes(member);
	}

	operation(ops: Pointer, member: DaxOperation, offset: FailureOffset): Result {
		if (!this.hasOperation(ops, member)) throw new Oops('null-call');
		return bytesNumber(offset) < DEVICE_BYTES ? ops : 'none';
	}

	WARN_ON(condition: boolean, where: string): void {
		if (condition) this.warnings.push(where);
	}

	iput(): Steps<void> {
		return iput(this);
	}
}

/** Names the second device in the result of a call that returns a pointer to it. */
const ofLog = (call: CallName, result: Result): Result =>
	result === 'ok' && returnsDevice(call) ? 'log' : result;

/** Yielded to run the frame that was just added; the value of the yield is its result. */
const ENTER = edge('call', '');
