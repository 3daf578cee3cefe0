// SPDX-License-Identifier: MIT
/** The calls of format 1: which arguments each takes, and what it can return. */
import type { CallName } from '../../schema/types/common';

export interface Signature {
	/** Arguments that must be given. */
	readonly needs: readonly ('holder' | 'ops')[];
	/** Arguments that may be given. */
	readonly takes: readonly ('offset' | 'length' | 'flags')[];
	/** Its results. holder: any holder of the vector; errors: ok or any error that a callback returns. */
	readonly returns: readonly ('ok' | 'null' | 'holder' | 'errors' | `-E${string}`)[];
}

export const signatures: Readonly<Record<CallName, Signature>> = {
	fs_dax_get: {
		needs: ['holder', 'ops'],
		takes: [],
		returns: ['ok', '-ENODEV', '-EBUSY', '-EOPNOTSUPP'],
	},
	fs_dax_get_by_bdev: { needs: ['holder', 'ops'], takes: [], returns: ['ok', 'null'] },
	fs_put_dax: { needs: ['holder'], takes: [], returns: ['ok'] },
	put_dax: { needs: [], takes: [], returns: ['ok'] },
	kill_dax: { needs: [], takes: [], returns: ['ok'] },
	run_dax: { needs: [], takes: [], returns: ['ok'] },
	dax_holder_notify_failure: {
		needs: [],
		takes: ['offset', 'length', 'flags'],
		returns: ['errors'],
	},
	dax_holder: { needs: [], takes: [], returns: ['null', 'holder'] },
};
