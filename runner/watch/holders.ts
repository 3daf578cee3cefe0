// SPDX-License-Identifier: MIT
/**
 * Names the holders of a device A, B and so on, in the order in which they appear. The memory of a holder that has
 * released may become the next holder: a claim after a release has another name.
 */
import type { Fields, Observation } from '../../implementations/watcher';
import type { State } from '../history/history';
import { NULL } from './spans';

export interface Holder {
	readonly name: string;
	readonly pointer: string;
	/** Address of its operations; undefined for a holder whose claim was not seen. */
	ops?: string;
	/** Name of its notify_failure(); undefined where it has none, or its claim was not seen. */
	callback?: string;
	/** Its last claim. */
	claim?: Observation;
	/** unknown: its claim was not seen. */
	status: Status;
}

/** In the order in which a callback is attributed to holders. */
const STATUSES = ['holds', 'unknown', 'claims', 'released', 'refused'] as const;
type Status = (typeof STATUSES)[number];

/** Holders that have a letter of their own. */
const LETTERS = 26;

export class Holders {
	readonly all: Holder[] = [];

	/** The holder that a claim names; null for a lookup. */
	claims(call: Observation): Holder | null {
		const { holder, ops, callback } = call.values;
		const found = this.at(holder, true);
		if (!found) return null;
		if (ops !== undefined) found.ops = ops;
		const name = /^[\w.]+(?=\+0x0\/)/.exec(callback ?? '')?.[0];
		if (name !== undefined) found.callback = name;
		found.claim = call;
		if (found.status !== 'holds') found.status = 'claims';
		return found;
	}

	/** The holder that a release names; null for one without a holder. */
	releases({ values }: Observation): Holder | null {
		const found = this.at(values.holder, false);
		if (found) found.status = 'released';
		return found;
	}

	/** Notes the result of a claim. */
	claimed(name: string | null, isRefused: boolean): void {
		const holder = this.all.find((each) => each.name === name);
		if (holder?.status === 'claims') holder.status = isRefused ? 'refused' : 'holds';
	}

	/** The holder whose callback begins. */
	called(callback: string): Holder | undefined {
		const candidates = this.all.filter((each) => (each.callback ?? callback) === callback);
		const status = STATUSES.find((each) => candidates.some((one) => one.status === each));
		return candidates.findLast((each) => each.status === status);
	}

	/** The name of the holder at a pointer; null for NULL. */
	name(pointer: string | undefined): string | null {
		return this.at(pointer, false)?.name ?? null;
	}

	/** The fields of the device by the names of holders. Operations have the name of a holder that claimed with them. */
	state({ holder, ops, alive }: Fields): State {
		const name = this.name(hex(holder));
		const own = this.all.find((each) => each.name === name);
		if (own?.ops === hex(ops) || (own && own.ops === undefined))
			return { alive, holder: name, ops: name };
		const others = this.all.findLast((each) => each.ops === hex(ops));
		return { alive, holder: name, ops: ops === 0n ? null : (others?.name ?? hex(ops)) };
	}

	private at(pointer: string | undefined, isClaim: boolean): Holder | null {
		if (pointer === undefined || pointer === NULL) return null;
		const known = this.all.findLast((each) => each.pointer === pointer);
		if (known && !(isClaim && known.status === 'released')) return known;
		const count = this.all.length;
		const name = count < LETTERS ? String.fromCharCode(65 + count) : `H${count + 1}`;
		const made: Holder = { name, pointer, status: 'unknown' };
		this.all.push(made);
		return made;
	}
}

const hex = (pointer: bigint): string => `0x${pointer.toString(16)}`;
