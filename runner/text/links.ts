// SPDX-License-Identifier: MIT
/** Where commits and mails can be read. */

/** The address of a mail in the kernel's archive, as submitting-patches.rst forms it. */
export function archived(messageId: string): string {
	const path = encodeURI(messageId).replace(/[/?#]/g, encodeURIComponent);
	return `https://lore.kernel.org/${path}`;
}

/**
 * Where a source can be read: a commit, as commit HASH ("SUBJECT"), or a mail, as <MESSAGE-ID>, as lists of known
 * failures write them. Undefined where it is neither.
 */
export function urlOf(link: string): string | undefined {
	const [, commit] = /^commit ([0-9a-f]{12,40}) \(/.exec(link) ?? [];
	if (commit) return `https://git.kernel.org/torvalds/c/${commit}`;
	const [, mail] = /^<([^<>\s]+@[^<>\s]+)>$/.exec(link) ?? [];
	// A slash within would be a folder.
	return (
		mail &&
		`https://lore.kernel.org/r/${encodeURIComponent(mail).replace(/%(40|3D|2B)/g, decodeURIComponent)}`
	);
}
