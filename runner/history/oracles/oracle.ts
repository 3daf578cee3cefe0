// SPDX-License-Identifier: MIT
/**
 * An invariant of every execution whose callers follow the rules, whatever the program. One file each, listed in
 * index.ts.
 */
import type { Link, Rule, Vector } from '../../../schema/types/vector';
import type { CallSpan, History, State } from '../history';

export interface Oracle {
	readonly name: string;
	/** The invariant as a sentence: the title of a draft. */
	readonly invariant: string;
	readonly class: NonNullable<Vector['bug']>['class'];
	/** Consequence of a violation for a user of the kernel. */
	readonly effect: string;
	/** Sources of the invariant. */
	readonly links: readonly Link[];
	/** Ids of the vectors that state it first of all. */
	readonly vectors: readonly string[];
	/** True if it reads the fields of the device after events, and not only calls. */
	readonly readsFields?: true;
	/** Finds the violations of the invariant. A pure function of the history. */
	check(history: History): Iterable<Violation>;
}

export interface Violation {
	/** Index of the event by which it has happened. */
	readonly at: number;
	readonly message: string;
	/** The calls that violate it together, where they are known. */
	readonly calls?: readonly CallSpan[];
	/** Distinguishes violations of one oracle that are separate findings, such as the name of a fault. */
	readonly kind?: string;
	/** Absent where the invariant does not determine the correct end. */
	readonly correction?: Correction;
	/** The rule of a vector that forbids it, where its end alone does not show it. */
	readonly rule?: readonly [name: string, rule: Rule];
}

/** Fields of the end of an execution as the invariant requires them; the others stay as they were seen. */
export interface Correction {
	/** By the name of the call. */
	readonly results?: Readonly<Record<string, string | null>>;
	readonly device?: Partial<State & { readonly refs: number }>;
	/** Number of callbacks, by holder. */
	readonly callbacks?: Readonly<Record<string, number>>;
	/** WARNs, by function. */
	readonly warnings?: Record<string, number>;
	/** True if device and callbacks cannot be determined. */
	readonly resultsOnly?: true;
}

/** Sources of several oracles. */
export const sources = {
	/** Comments of fs_put_dax() in V4 of the fix series. */
	put: (says: string): Link => ({
		role: 'rule',
		'message-id':
			'0100019ea3941018-519230fa-2897-41b8-9677-dabc8d1124ca-000000@email.amazonses.com',
		by: 'John Groves',
		says,
	}),
	removal: {
		role: 'discussion',
		'message-id': 'CAPcyv4jAqV7dZdmGcKrG=f8sYmUXaL7YCQtME6GANywncwd+zg@mail.gmail.com',
		by: 'Dan Williams',
		says: 'kill_dax() under a live holder is another failure of which the holder must be notified',
	},
	readSection: {
		role: 'rule',
		'message-id': 'CAPcyv4gkxuFRGh57nYrpS8mXo+5j-7=KGNn-gULgLGthZQPo2g@mail.gmail.com',
		by: 'Dan Williams',
		says: '"holding dax_read_lock() over the register holder event should be sufficient"',
	},
	quiesce: {
		role: 'discussion',
		'message-id': '20210719151744.GA22718@lst.de',
		by: 'Christoph Hellwig',
		says: 'there must be synchronization to prevent unregistration while notify_failure is in progress',
	},
	holders: {
		role: 'introduced-by',
		commit: '8012b8660855',
		subject: 'dax: introduce holder for dax_device',
	},
} as const satisfies Record<string, Link | ((says: string) => Link)>;
