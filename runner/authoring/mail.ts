// SPDX-License-Identifier: MIT
/** Mails as lore.kernel.org serves them: an mbox (mboxrd, also gzipped) or a single mail, split and decoded. */
import { gunzipSync } from 'node:zlib';
import type { Email } from 'postal-mime';
import { refusal } from '../library/diagnostic';
import { printable } from '../text/printable';

/** Bytes after unpacking. A long thread has a few megabytes. */
export const MBOX_LIMIT = 32 << 20;

/** Line before each mail, such as "From mboxrd@z Thu Jan  1 00:00:00 1970". */
const SEPARATOR = /^From \S+ .*\d{4}$/;

/** Splits a file into the bytes of its messages; at least one. Throws InvalidFile. */
export function splitMbox(file: string, bytes: Uint8Array): Buffer[] {
	const raw = unpacked(file, Buffer.from(bytes));
	if (raw.length > MBOX_LIMIT)
		throw refusal(
			'E_SIZE',
			{ file },
			`the mails have more than ${MBOX_LIMIT} bytes`,
			'Save the one mail that matters: the "raw" link of its page on lore.kernel.org.',
		);
	// latin1 keeps one character for each byte; each message declares its own character set.
	const lines = raw.toString('latin1').split('\n');
	const isSeparator = (index: number): boolean =>
		SEPARATOR.test(lines[index]?.trimEnd() ?? '') && !lines[index - 1]?.trimEnd();
	if (!isSeparator(0)) return [raw];
	const messages: string[][] = [];
	for (const [index, line] of lines.entries())
		if (isSeparator(index)) messages.push([]);
		else messages.at(-1)?.push(line.replace(/^>(>*From )/, '$1'));
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

export interface Mail {
	/** Without angle brackets. */
	readonly messageId: string;
	/** YYYY-MM-DD (UTC); absent when the mail has no readable date. */
	readonly date?: string;
	/** Name of the sender; absent when there is only an address. */
	readonly by?: string;
	/** One line. */
	readonly subject: string;
	/** Message-ID of the mail that this one answers. */
	readonly inReplyTo?: string;
	/** Message-IDs of the mails above it, the first of the thread first. */
	readonly references: readonly string[];
	/** Plain text; empty when there is none. */
	readonly text: string;
	/** Attached patches. */
	readonly attached: readonly string[];
}

const SAVE =
	'Save the mail as it was sent: the "raw" or "mbox.gz" link of its page on lore.kernel.org.';

/** First line of a patch that another person sends. */
const AUTHOR = /^\s*From: "?([^"<\n]+?)"? *<[^>\n]*>\r?\n\r?\n/;

/** Decodes one message. Throws InvalidFile. */
export async function readMail(file: string, bytes: Buffer): Promise<Mail> {
	requireHeaders(file, bytes);
	const { default: PostalMime } = await import('postal-mime');
	let email: Email;
	try {
		email = await PostalMime.parse(bytes, { attachmentEncoding: 'utf8' });
	} catch (error) {
		throw refusal('E_MAIL_MIME', { file }, (error as Error).message, SAVE);
	}
	requireLastBoundary(file, email, bytes);
	const messageId = idOf(file, email);
	const from = email.from?.address === undefined ? undefined : email.from;
	if (!from?.address && !from?.name)
		throw refusal('E_MAIL_HEADER', { file }, 'no From: the mail has no sender', SAVE);
	const date = /^\d{4}-\d\d-\d\d(?=T)/.exec(email.date ?? '')?.[0];
	const text = email.text ?? '';
	const by = printable(AUTHOR.exec(text)?.[1] ?? from.name).trim();
	const [inReplyTo] = idsIn(email.inReplyTo);
	return {
		messageId,
		...(date && { date }),
		...(by && by !== from.address && { by }),
		subject: printable(email.subject ?? '').trim(),
		...(inReplyTo !== undefined && { inReplyTo }),
		references: idsIn(email.references),
		text: text.replace(AUTHOR, ''),
		attached: email.attachments
			.filter(({ mimeType, filename }) =>
				/^text\/|patch|diff/.test(`${mimeType} ${filename ?? ''}`),
			)
			.map(({ content }) => String(content)),
	};
}

/** Throws InvalidFile unless the file begins with headers; postal-mime accepts any text as a mail. */
function requireHeaders(file: string, bytes: Buffer): void {
	const text = bytes.toString('latin1');
	const [head] = text.split(/\r?\n\r?\n/, 1);
	const bad = (head ?? '')
		.split(/\r?\n/)
		.findIndex((line) => !/^([!-9;-~]+[ \t]*:|[ \t])/.test(line));
	if (bad < 0) return;
	let message = `line ${bad + 1} is not a header: this is neither a mail nor an mbox`;
	if (/^\s*<(!doctype|html)/i.test(text)) message = 'a web page, not a mail';
	if (text.trim() === '') message = 'the mail is empty';
	throw refusal('E_MAIL', { file }, message, SAVE);
}

/** Throws InvalidFile for a multipart mail that is cut off. */
function requireLastBoundary(file: string, { headers }: Email, bytes: Buffer): void {
	const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
	const [, quoted, plain] =
		/^\s*multipart\/.*\bboundary=(?:"([^"]+)"|([^\s;]+))/is.exec(type) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined || bytes.includes(`--${boundary}--`)) return;
	const message = `the part that ends with "--${boundary}--" does not end: the mail is cut off`;
	throw refusal('E_MAIL_MIME', { file }, message, SAVE);
}

/** Message-IDs of a header, without angle brackets. */
const idsIn = (header = ''): string[] =>
	[...header.matchAll(/<([!-;=?A-~]+@[!-;=?A-~]+)>/g)].map(([, id]) => id ?? '');

/** The one Message-ID. Throws InvalidFile. */
function idOf(file: string, { headers }: Email): string {
	const all = headers.filter(({ key }) => key === 'message-id').map(({ value }) => value.trim());
	const ids = new Set(all);
	const refuse = (message: string) => refusal('E_MAIL_HEADER', { file }, message, SAVE);
	if (ids.size === 0)
		throw refuse('no Message-ID: a mail that was not sent yet, or not saved as it was sent');
	if (ids.size > 1) throw refuse(`${ids.size} Message-IDs: ${[...ids].join(' ')}`);
	const [, id] = /^<([!-;=?-~]+)>$/.exec(all[0] ?? '') ?? [];
	if (id === undefined || !/^[^@]+@[^@]+$/.test(id)) throw refuse(`malformed Message-ID ${all[0]}`);
	return id;
}
