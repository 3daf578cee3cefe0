// SPDX-License-Identifier: MIT
/** From bytes to text that a parser can be given. */
import { Lexer } from 'yaml';
import { UNSEEN } from './errors';
import { refusal } from './place';

/** Bytes. A vector is read by people; nobody reads more. */
export const SIZE_LIMIT = 64 * 1024;
/** Levels within each other. The parser recurses, and Node.js dies when its stack runs out. */
export const DEPTH_LIMIT = 32;

/** Throws RefusedError. */
export function decode(file: string, bytes: Uint8Array): string {
	if (bytes.length > SIZE_LIMIT) {
		const message = `the file has ${bytes.length} bytes, more than ${SIZE_LIMIT}`;
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
	const bad = bytes.findIndex((byte, index) => byte !== again[index]);
	if (bad < 0) {
		refuseUnreadable(file, text);
		return text;
	}
	const offset = new TextDecoder().decode(bytes.subarray(0, bad)).length;
	const message = `the byte 0x${bytes[bad]!.toString(16)} is not UTF-8`;
	throw refusal('E_ENCODING', { file, text, offset }, message, 'Save the file as UTF-8.');
}

/** What must not get as far as the parser. */
function refuseUnreadable(file: string, text: string): void {
	const unseen = UNSEEN.exec(text);
	if (unseen) {
		const message = `${codePoint(unseen[0])}, a character that does not show`;
		throw refusal('E_SYNTAX', { file, text, offset: unseen.index }, message, 'Remove it.');
	}
	let offset = 0;
	// How deep it goes within each open bracket, and before them in this line.
	const depths = [0];
	for (const token of new Lexer().lex(text)) {
		// The lexer's own marks (a document starts, a scalar follows) are not part of the text.
		if ('\u0002\u0018\u001f\ufeff'.includes(token)) continue;
		const top = depths.length - 1;
		if (token === '[' || token === '{') depths.push(1);
		else if (token === ']' || token === '}') depths.splice(Math.max(top, 1));
		else if (token === '-' || token === '?' || token === ':') depths[top]!++;
		else if (token === ',' && top > 0) depths[top] = 1;
		else if (top === 0 && token.includes('\n')) depths[0] = 0;
		else if (top === 0 && text[offset - 1] === '\n' && token.trim() === '')
			depths[0] = token.length / 2;
		if (depths.reduce((a, b) => a + b) > DEPTH_LIMIT) {
			const message = `more than ${DEPTH_LIMIT} levels within each other`;
			throw refusal('E_SYNTAX', { file, text, offset }, message, 'No vector needs so many.');
		}
		offset += token.length;
	}
}

/** Such as U+200E. */
export function codePoint(character: string): string {
	return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
