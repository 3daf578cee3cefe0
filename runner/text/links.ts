// SPDX-License-Identifier: MIT
/** Addresses of commits and mails. */

/** Returns the address of a mail in the kernel's archive, in the form that submitting-patches.rst states. */
export function archived(messageId: string): string {
	const path = encodeURI(messageId).replace(/[/?#]/g, encodeURIComponent);
	return `https://lore.kernel.org/${path}`;
}

/**
 * Returns the address of a link in a list of known failures: commit HASH ("SUBJECT") or <MESSAGE-ID>. Undefined for any
 * other text.
 */
export function urlOf(link: string): string | undefined {
	const [, commit] = /^commit ([0-9a-f]{12,40}) \(/.exec(link) ?? [];
	if (commit) return `https://git.kernel.org/torvalds/c/${commit}`;
	const [, mail] = /^<([^<>\s]+@[^<>\s]+)>$/.exec(link) ?? [];
	// An unescaped slash would be read as a separator of the path.
	return (
		mail &&
		`https://lore.kernel.org/r/${encodeURIComponent(mail).replace(/%(40|3D|2B)/g, decodeURIComponent)}`
	);
}
