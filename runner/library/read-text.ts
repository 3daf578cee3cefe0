// SPDX-License-Identifier: MIT
/** From bytes to text that a parser can be given. */
import { UNSEEN } from '../text/printable';
import { refusal } from './place';

/** Bytes. A vector is read by people; nobody reads more. */
export const SIZE_LIMIT = 64 * 1024;

/** Throws InvalidFile. */
export function decode(file: string, bytes: Uint8Array): string {
	if (bytes.length > SIZE_LIMIT) {
		const message = `the file has more than ${SIZE_LIMIT} bytes`;
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
	const again = Buffer.from(text);
	if (again.equals(bytes)) {
		refuseUnseen(file, text);
		return text;
	}
	const bad = bytes.findIndex((byte, index) => byte !== again[index]);
	const offset = new TextDecoder().decode(bytes.subarray(0, bad)).length;
	const message = `the byte 0x${bytes[bad]!.toString(16)} is not UTF-8`;
	throw refusal('E_ENCODING', { file, text, offset }, message, 'Save the file as UTF-8.');
}

/** What does not show must not decide what a file says. */
function refuseUnseen(file: string, text: string): void {
	const unseen = UNSEEN.exec(text);
	if (!unseen) return;
	const message = `${codePoint(unseen[0])}, a character that does not show`;
	throw refusal('E_SYNTAX', { file, text, offset: unseen.index }, message, 'Remove it.');
}

/** Such as U+200E. */
export function codePoint(character: string): string {
	return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
