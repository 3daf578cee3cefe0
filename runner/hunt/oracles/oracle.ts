// SPDX-License-Identifier: MIT
/**
 * What is always wrong, whatever the program: a statement about every execution of callers who keep to the rules. One
 * file each, listed in index.ts.
 */
import type { Link, Rule, Vector } from '../../../schema/types/vector';
import type { End } from '../../authoring/try/ends';
import type { History } from '../history';

export interface Oracle {
	readonly name: string;
	/** What must hold: the title of a draft. */
	readonly states: string;
	readonly class: NonNullable<Vector['bug']>['class'];
	/** What a user of the kernel suffers. */
	readonly effect: string;
	/** Who says so. */
	readonly links: readonly Link[];
	find(history: History): Iterable<Violation>;
}

export interface Violation {
	/** Index of the event by which it has happened. */
	readonly at: number;
	readonly message: string;
	/** Kinds of one oracle's violations that are findings of their own, such as the name of a fault. */
	readonly kind?: string;
	/** Makes the end as it should have been; absent where nobody can say. */
	mend?(end: End): void;
	/** The rule of a vector that forbids it, where the end alone does not show it. */
	readonly rule?: readonly [name: string, rule: Rule];
}

/** Sources that several oracles rest on. */
export const sources = {
	/** V4 of the fix series: the comments of fs_put_dax(). */
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
		says: 'kill_dax() under a live holder is another failure that the holder must hear of',
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
