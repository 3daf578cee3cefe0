// SPDX-License-Identifier: MIT
/** Ids and globs: DAXV-0001 and DAXV-00* mean all variants, DAXV-0001/fs_dax_get means one. */

/** Does a pattern match the id of a case, such as DAXV-0001/fs_dax_get? */
export function matches(pattern: string, id: string): boolean {
	const subject = pattern.includes('/') ? id : id.split('/')[0]!;
	return toRegExp(pattern).test(subject);
}

function toRegExp(pattern: string): RegExp {
	const source = pattern.replace(/[^*?]/g, (character) => `\\u${hex(character)}`);
	return new RegExp(`^${source.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');
