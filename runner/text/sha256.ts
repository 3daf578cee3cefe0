// SPDX-License-Identifier: MIT
/** SHA-256 of a text. Loads node:crypto when it is first used, because that takes a tenth of the time of a short command. */
export function sha256(text: string): Buffer {
	const { createHash } = require('node:crypto') as typeof import('node:crypto');
	return createHash('sha256').update(text).digest();
}
