// SPDX-License-Identifier: MIT
/** Names of revisions of drivers/dax/super.c: a release, or a posted series that was not merged. */

/** Former and other names of revisions, which addresses, replay tokens and names of lists may use. */
const aliases: Readonly<Record<string, string>> = {
	merged: 'v7.3',
	'v7.2-stable': 'v7.3',
	v1: 'series-v1',
	v3: 'series-v3',
	v4: 'series-v4',
};

/** The release that has the merged fixes. */
export const MERGED = 'v7.3';

/** The name of a revision by its name or an alias; any other text stays as it is. */
export const revisionName = (name: string): string =>
	Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
