// SPDX-License-Identifier: MIT
/** One mail, decoded: what a draft needs of it. */
import type { Email } from 'postal-mime';
import { refusal } from '../library/diagnostic';
import { printable } from '../text/printable';

export interface Mail {
	/** Without angle brackets. */
	readonly messageId: string;
	/** YYYY-MM-DD (UTC); undefined when the mail has no readable date. */
	readonly date?: string;
	/** Name of the sender; undefined when there is only an address. */
	readonly by?: string;
	/** On one line. */
	readonly subject: string;
	/** Plain text; empty when there is none. */
	readonly text: string;
	/** Patches that were attached. */
	readonly attached: readonly string[];
}

const SAVE =
	'Save the mail as it was sent: the "raw" or "mbox.gz" link of its page on lore.kernel.org.';

/** Decodes one message; throws InvalidFile. */
export async function readMail(file: string, bytes: Buffer): Promise<Mail> {
	refuseWhatIsNoMail(file, bytes);
	const { default: PostalMime } = await import('postal-mime');
	let email: Email;
	try {
		email = await PostalMime.parse(bytes, { attachmentEncoding: 'utf8' });
	} catch (error) {
		throw refusal('E_MAIL_MIME', { file }, (error as Error).message, SAVE);
	}
	refuseCut(file, email, bytes);
	const messageId = idOf(file, email);
	const from = email.from?.address === undefined ? undefined : email.from;
	if (!from?.address && !from?.name)
		throw refusal('E_MAIL_HEADER', { file }, 'no From: nobody said it', SAVE);
	const date = /^\d{4}-\d\d-\d\d(?=T)/.exec(email.date ?? '')?.[0];
	const by = printable(from.name).trim();
	return {
		messageId,
		...(date && { date }),
		...(by && by !== from.address && { by }),
		subject: printable(email.subject ?? '').trim(),
		text: email.text ?? '',
		attached: email.attachments
			.filter(({ mimeType, filename }) =>
				/^text\/|patch|diff/.test(`${mimeType} ${filename ?? ''}`),
			)
			.map(({ content }) => String(content)),
	};
}

/** A parser of mail finds a header in anything. */
function refuseWhatIsNoMail(file: string, bytes: Buffer): void {
	const text = bytes.toString('latin1');
	const [head] = text.split(/\r?\n\r?\n/, 1);
	const bad = head!.split(/\r?\n/).findIndex((line) => !/^([!-9;-~]+[ \t]*:|[ \t])/.test(line));
	if (bad < 0) return;
	let what = `line ${bad + 1} is no header: this is neither a mail nor an mbox`;
	if (/^\s*<(!doctype|html)/i.test(text)) what = 'a web page, not a mail';
	if (text.trim() === '') what = 'the mail is empty';
	throw refusal('E_MAIL', { file }, what, SAVE);
}

function refuseCut(file: string, { headers }: Email, bytes: Buffer): void {
	const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
	const [, quoted, plain] =
		/^\s*multipart\/.*\bboundary=(?:"([^"]+)"|([^\s;]+))/is.exec(type) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined || bytes.includes(`--${boundary}--`)) return;
	const message = `the part that ends with "--${boundary}--" does not end: the mail is cut off`;
	throw refusal('E_MAIL_MIME', { file }, message, SAVE);
}

function idOf(file: string, { headers }: Email): string {
	const all = headers.filter(({ key }) => key === 'message-id').map(({ value }) => value.trim());
	const ids = new Set(all);
	const refuse = (message: string) => refusal('E_MAIL_HEADER', { file }, message, SAVE);
	if (ids.size === 0)
		throw refuse('no Message-ID: a mail that was not sent yet, or not saved as it was sent');
	if (ids.size > 1) throw refuse(`${ids.size} Message-IDs: ${[...ids].join(' ')}`);
	const [, id] = /^<([!-;=?-~]{1,250})>$/.exec(all[0]!) ?? [];
	if (id === undefined || !/^[^@]+@[^@]+$/.test(id)) throw refuse(`malformed Message-ID ${all[0]}`);
	return id;
}
