// SPDX-License-Identifier: MIT
/** The bytes of a file, however long somebody has made it, and whatever it really is. */
import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 16;

/** Bytes of a file; one more than limit where it has more: a device may have no end. Throws what the system says. */
export function readBytes(file: string, limit: number): Buffer {
	const descriptor = openSync(file, 'r');
	try {
		const parts: Buffer[] = [];
		for (let left = limit + 1; left > 0; ) {
			const part = Buffer.alloc(Math.min(left, CHUNK));
			const length = readSync(descriptor, part);
			if (length === 0) break;
			parts.push(part.subarray(0, length));
			left -= length;
		}
		return Buffer.concat(parts);
	} finally {
		closeSync(descriptor);
	}
}
