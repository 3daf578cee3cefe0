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

/** Topic of each call; the others belong to several. */
const topicByCall: Readonly<Partial<Record<CallName, string>>> = {
	fs_put_dax: 'claim',
	fs_dax_get: 'claim',
	fs_dax_get_by_bdev: 'claim',
	bdev_add_partition: 'claim',
	device_driver_attach: 'claim',
	device_release_driver: 'claim',
	dax_holder_notify_failure: 'notify',
	kill_dax: 'removal',
	run_dax: 'removal',
	dax_alive: 'removal',
	put_dax: 'lifetime',
	alloc_dax: 'lifetime',
	dax_set_ops: 'lifetime',
	dax_dev_get: 'lifetime',
	dax_dev_find: 'lifetime',
	dax_add_host: 'lifetime',
	dax_remove_host: 'lifetime',
};

/**
 * Topic of groups of calls, the most decisive first: where the calls of a group belong to several topics, the next group
 * decides among these. Undefined where none or several remain.
 */
export function topicOf(groups: readonly (readonly CallName[])[]): string | undefined {
	let left: string[] = [];
	for (const group of groups) {
		const own = [...new Set(group.flatMap((call) => topicByCall[call] ?? []))];
		const common = left.length === 0 ? own : own.filter((topic) => left.includes(topic));
		if (common.length > 0) left = common;
		if (left.length === 1) return left[0];
	}
	return undefined;
}
