// SPDX-License-Identifier: MIT
/** Reads files of limited size, and decodes them to text without invisible characters. */
import { closeSync, openSync, readSync } from 'node:fs';
import { relative } from 'node:path';
import { UNSEEN } from '../text/printable';
import { refusal } from './diagnostic';

/** Limit of every YAML file of the library, in bytes. */
export const MAX_VECTOR_BYTES = 64 * 1024;

/** Shared by all reads: a buffer of its own for each file takes longer than the read. */
const chunk = Buffer.allocUnsafeSlow(1 << 16);

/**
 * Reads at most limit + 1 bytes of a file, because a device may have no end. Throws InvalidFile (E_READ) if the file
 * cannot be read; the caller refuses a result that is longer than the limit.
 */
export function readBytes(file: string, limit: number): Buffer {
	try {
		return readUpTo(file, limit + 1);
	} catch (error) {
		const message = `cannot be read: ${(error as Error).message}`;
		const hint = 'Check the path and its permissions.';
		const shown = relative(process.cwd(), file) || '.';
		throw refusal('E_READ', { file: shown.startsWith('..') ? file : shown }, message, hint);
	}
}

function readUpTo(file: string, count: number): Buffer {
	const descriptor = openSync(file, 'r');
	try {
		const parts: Buffer[] = [];
		for (let left = count; left > 0; ) {
			const length = readSync(descriptor, chunk, 0, Math.min(left, chunk.length), null);
			if (length === 0) break;
			parts.push(Buffer.from(chunk.subarray(0, length)));
			left -= length;
		}
		return Buffer.concat(parts);
	} finally {
		closeSync(descriptor);
	}
}

/** Decodes UTF-8; throws InvalidFile (E_SIZE, E_BOM, E_ENCODING, E_SYNTAX). */
export function decode(file: string, bytes: Uint8Array): string {
	if (bytes.length > MAX_VECTOR_BYTES) {
		const message = `the file has more than ${MAX_VECTOR_BYTES} bytes`;
		throw refusal('E_SIZE', { file }, message, 'Split it: a vector states one thing.');
	}
	const mark = Buffer.from(bytes.subarray(0, 3)).toString('hex');
	if (mark === 'efbbbf') {
		const hint = 'Save it as UTF-8 without a byte-order mark.';
		throw refusal('E_BOM', { file }, 'the file starts with a byte-order mark', hint);
	}
	if (/^(fffe|feff)/.test(mark))
		throw refusal('E_ENCODING', { file }, 'the file is UTF-16', 'Save it as UTF-8.');
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
	refuseOtherBytes(file, text, bytes);
	const unseen = UNSEEN.exec(text);
	if (unseen) {
		const message = `${codePoint(unseen[0])}, an invisible character`;
		throw refusal('E_SYNTAX', { file, text, offset: unseen.index }, message, 'Remove it.');
	}
	return text;
}

/** Refuses bytes that the decoder replaced. */
function refuseOtherBytes(file: string, text: string, bytes: Uint8Array): void {
	const again = Buffer.from(text);
	if (again.equals(bytes)) return;
	const bad = bytes.findIndex((byte, index) => byte !== again[index]);
	const offset = new TextDecoder().decode(bytes.subarray(0, bad)).length;
	const message = `the byte 0x${bytes.at(bad)?.toString(16)} is not UTF-8`;
	throw refusal('E_ENCODING', { file, text, offset }, message, 'Save the file as UTF-8.');
}

/** Names a character, such as U+200E. */
export function codePoint(character: string): string {
	const value = character.codePointAt(0) ?? 0;
	return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}
