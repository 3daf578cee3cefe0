// SPDX-License-Identifier: MIT
/** An mbox as lore.kernel.org serves it (mboxrd, also gzipped), or a single mail, as the bytes of each message. */
import { gunzipSync } from 'node:zlib';
import { refusal } from '../library/diagnostic';

/** Bytes, unpacked. A long thread has some megabytes. */
export const MBOX_LIMIT = 32 << 20;

/** Such as "From mboxrd@z Thu Jan  1 00:00:00 1970". */
const SEPARATOR = /^From \S+ .*\d{4}$/;

/** The messages of a file, in its order; at least one. Throws InvalidFile. */
export function splitMbox(file: string, bytes: Uint8Array): Buffer[] {
	const raw = unpacked(file, Buffer.from(bytes));
	if (raw.length > MBOX_LIMIT)
		throw refusal(
			'E_SIZE',
			{ file },
			`the mails have more than ${MBOX_LIMIT} bytes`,
			'Save the one mail that matters: the "raw" link of its page on lore.kernel.org.',
		);
	// One character a byte: a message's character set is its own business.
	const lines = raw.toString('latin1').split('\n');
	const isSeparator = (index: number): boolean =>
		SEPARATOR.test(lines[index]!.trimEnd()) && (index === 0 || lines[index - 1]!.trimEnd() === '');
	if (!isSeparator(0)) return [raw];
	const messages: string[][] = [];
	for (const [index, line] of lines.entries())
		if (isSeparator(index)) messages.push([]);
		else messages.at(-1)!.push(line.replace(/^>(>*From )/, '$1'));
	return messages.map((message) => Buffer.from(message.join('\n'), 'latin1'));
}

function unpacked(file: string, bytes: Buffer): Buffer {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	try {
		return gunzipSync(bytes, { maxOutputLength: MBOX_LIMIT });
	} catch (error) {
		const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
		const message = tooLarge ? `it unpacks to more than ${MBOX_LIMIT} bytes` : 'it is cut off';
		const hint = 'Download it again, or save the one mail that matters.';
		throw refusal(tooLarge ? 'E_SIZE' : 'E_MAIL', { file }, message, hint);
	}
}
