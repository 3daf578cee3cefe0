// SPDX-License-Identifier: MIT
/** Names the machine's numbers in one program: values, results, objects, places, calls and callbacks. */
import type { Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import { resultName } from '../system/errno';
import {
	CALL,
	DEVICES,
	FLAGS,
	HOLDER_DATA,
	HOLDER_OPS,
	I_COUNT,
	LOG,
	MINORS,
	nameOf,
	OTHER_ARCHITECTURE,
	OWN_FIELDS,
	RETURN,
} from './abi';
import type { Lines, Place } from './lines';

export class Names {
	readonly agents: string[];
	private readonly holders: (string | null)[];
	private readonly callbacks: string[];
	private readonly sites = new Map<number, ProgramCall['call']>();

	constructor(
		private readonly lines: Lines,
		/** Names of objects by number. */
		private readonly objects: readonly string[],
		program: Program,
		private readonly systemCalls: SystemCalls,
	) {
		const names = Object.keys(program.holders);
		this.agents = program.threads.map(({ name }) => name);
		this.holders = [null, ...names];
		this.callbacks = ['', ...names.map((name) => `${name}.notify_failure`)];
		const callers = [...program.threads, ...Object.values(program.holders)];
		for (const caller of callers)
			for (const { site, call } of caller?.calls ?? []) this.sites.set(site, call);
	}

	place(pc: number, caller: number): Place {
		return this.lines.place(pc, caller);
	}

	/** The reason for no verdict where a place lies in the replacement of an unknown word. */
	unknownWord(pc: number, caller: number): string | undefined {
		return this.lines.unknownWord(pc, caller);
	}

	/** A refused system call, such as "openat()". */
	systemCall(refused: number): string {
		return systemCallText(this.systemCalls, refused);
	}

	/** The field or lock of an access. */
	object(number: number): string {
		return nameOf(this.objects, number);
	}

	/** The call (object 0) or callback of a call or return event. */
	edge(object: number, site: number): string {
		return object === 0 ? (this.sites.get(site) ?? 'unknown') : nameOf(this.callbacks, object);
	}

	/** The holder with a number from 1. */
	holder(number: number): string {
		return this.pointer(number) ?? 'unknown';
	}

	/** The callback that makes a call; '' for a call of a thread. */
	callback(word: number): string {
		return nameOf(this.callbacks, word);
	}

	value(number: number, word: number): Value {
		const field = number < DEVICES * OWN_FIELDS ? number % OWN_FIELDS : number;
		switch (field) {
			case HOLDER_DATA:
			case HOLDER_OPS:
				return this.pointer(word);
			case FLAGS:
				return word !== 0;
			case I_COUNT:
			case MINORS:
				return word;
			default:
				return word === 0 ? null : 'set';
		}
	}

	pointer(word: number): string | null {
		const name = this.holders[word];
		return name === undefined ? 'unknown' : name;
	}

	/** The result of a call (object 0) or of a callback. */
	result(object: number, site: number, word: number): string | null {
		if (object > 0) return resultName(word);
		switch (this.sites.get(site)) {
			case 'dax_holder':
				return this.pointer(word);
			case 'dax_alive':
				return word === 0 ? 'dead' : 'alive';
			case 'fs_dax_get_by_bdev':
			case 'dax_get_private':
			case 'alloc_dax':
			case 'dax_dev_get':
			case 'dax_dev_find':
				if (word < 0) return resultName(word);
				return word === 0 ? null : word === 1 + LOG ? 'log' : 'ok';
			// The operations of driver i return i + 1.
			case 'dax_direct_access':
			case 'dax_zero_page_range':
			case 'dax_recovery_write':
				return word < 0 ? resultName(word) : (this.pointer(word) ?? 'none');
			case 'dax_copy_from_iter':
			case 'dax_copy_to_iter':
				return word === 0 ? 'none' : 'ok';
			default:
				return resultName(word);
		}
	}
}

/** Names of system calls by number. */
export type SystemCalls = Readonly<Record<number, string>>;

/** Names a refused system call; refused is what machine/signals.h says. */
export function systemCallText(systemCalls: SystemCalls, refused: number): string {
	if (refused === OTHER_ARCHITECTURE) return 'a system call of another architecture';
	const name = systemCalls[refused - 1];
	return name === undefined ? `system call ${refused - 1}` : `${name}()`;
}

/** True for a call or return event, which accesses no memory and has no place in the tree. */
export const isEdge = (op: number): boolean => op === CALL || op === RETURN;
