// SPDX-License-Identifier: MIT
/** Rooms of the library: the folders below vectors/. An id does not depend on its room. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '../../schema/types/common';

/** Names of the rooms of a library: the folders that hold vectors. */
export function topics(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.filter((name) => readdirSync(join(folder, name)).some((file) => /^DAXV-/.test(file)))
		.sort();
}

/** The room of the call that a vector is likely to be about, the most telling one first. */
const topicByCall: readonly (readonly [CallName, string])[] = [
	['kill_dax', 'removal'],
	['run_dax', 'removal'],
	['dax_holder_notify_failure', 'notify'],
	['fs_put_dax', 'claim'],
	['fs_dax_get', 'claim'],
	['fs_dax_get_by_bdev', 'claim'],
	['put_dax', 'lifetime'],
];

export const topicOf = (calls: readonly CallName[]): string | undefined =>
	topicByCall.find(([call]) => calls.includes(call))?.[1];
