// SPDX-License-Identifier: MIT
/** Releases of the kernel on which a failure is known, so that a bug of upstream is not taken for one of a tree. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Result } from '../../schema/types/report';
import { expectationsOf, KnownFailureList } from './list';
import { ownLists } from './update-command';

export interface KnownOn {
	/** Such as v6.1 and v7.3, oldest first. */
	readonly releases: readonly string[];
	/** Reason that the list of the newest release gives. */
	readonly reason: string;
}

/** Lookup of the releases that fail a vector in the same way, for a result; undefined where there is none. */
export function knownOnReleases(folder = ownLists): (result: Result) => KnownOn | undefined {
	const lists = namesOf(folder)
		.flatMap((name) => {
			const release = releaseOf(name);
			return release === undefined ? [] : [{ release, file: join(folder, `${name}.yaml`) }];
		})
		.sort((a, b) => a.release.localeCompare(b.release, 'en', { numeric: true }))
		.map(({ release, file }) => ({ release, list: KnownFailureList.read(file) }));
	return (result) => {
		const seen = expectationsOf(result);
		const found = lists.flatMap(({ release, list }) => {
			const entry = list.find(result.id);
			const covers = entry && seen.every((each) => entry.recorded.includes(each));
			return covers ? [{ release, reason: entry.reason }] : [];
		});
		const newest = found.at(-1);
		if (!newest) return undefined;
		return { releases: [...new Set(found.map(({ release }) => release))], reason: newest.reason };
	};
}

const namesOf = (folder: string): string[] =>
	readdirSync(folder).map((name) => basename(name, '.yaml'));

/** Release of a list, such as v6.12 for debian-6.12 and v6.12-stable; undefined for revisions that are no release. */
function releaseOf(name: string): string | undefined {
	const [, version] = /^(?:v|debian-)(\d+\.\d+)(?:-stable)?$/.exec(name) ?? [];
	return version && `v${version}`;
}
