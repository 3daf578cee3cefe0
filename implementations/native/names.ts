// SPDX-License-Identifier: MIT
/** What the machine's numbers stand for in one program: values, results, objects, places, and what begins and ends. */
import type { Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import { resultName } from '../system/errno';
import { CALL, FLAGS, HOLDER_DATA, HOLDER_OPS, I_COUNT, MINORS, RETURN } from './abi';
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

	/** The memory or the lock that an access is about. */
	object(number: number): string {
		return this.objects[number]!;
	}

	/** What begins or ends: a call of the program, or a callback. */
	edge(object: number, site: number): string {
		return object === 0 ? this.sites.get(site)! : this.callbacks[object]!;
	}

	/** Of the holder with this number, from 1. */
	holder(number: number): string {
		return this.holders[number]!;
	}

	/** The callback that a call was made from, or ''. */
	callback(word: number): string {
		return this.callbacks[word]!;
	}

	value(field: number, word: number): Value {
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

	/** Object 0 of a return is a call, any other a callback. */
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
				return word === 0 ? null : word > 0 ? 'ok' : resultName(word);
			default:
				return resultName(word);
		}
	}
}

/** Does something begin or end? That touches nothing and is nowhere in the tree. */
export const isEdge = (op: number): boolean => op === CALL || op === RETURN;
