// SPDX-License-Identifier: MIT
/** Topics of the library: the folders below vectors/. An id does not depend on its topic. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '../../schema/types/common';

/** Topics of a library: the folders that hold vectors, in alphabetical order. */
export function topics(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.filter((name) => readdirSync(join(folder, name)).some((file) => /^DAXV-/.test(file)))
		.sort();
}

/** Topic of a vector that names a call, the most specific call first. */
const topicByCall: readonly (readonly [CallName, string])[] = [
	['kill_dax', 'removal'],
	['run_dax', 'removal'],
	['dax_holder_notify_failure', 'notify'],
	['fs_put_dax', 'claim'],
	['fs_dax_get', 'claim'],
	['fs_dax_get_by_bdev', 'claim'],
	['put_dax', 'lifetime'],
];

/** Topic that the calls suggest; undefined when they suggest none. */
export const topicOf = (calls: readonly CallName[]): string | undefined =>
	topicByCall.find(([call]) => calls.includes(call))?.[1];
