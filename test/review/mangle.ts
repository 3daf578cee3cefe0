// SPDX-License-Identifier: MIT
/** Turns mails of git format-patch into the forms in which mails reach a reader. */
import { gzipSync } from 'node:zlib';

interface Parts {
	/** The "From " line of format-patch. */
	readonly separator: string;
	readonly header: string;
	readonly body: string;
}

function split(mail: string): Parts {
	const [separator = '', ...rest] = mail.split('\n');
	const text = rest.join('\n');
	const end = text.indexOf('\n\n');
	const header = text
		.slice(0, end)
		.split('\n')
		.filter((line) => !/^(Content-|MIME-)/.test(line))
		.join('\n');
	return { separator, header, body: text.slice(end + 2) };
}

const join = ({ separator, header }: Parts, fields: readonly string[], body: string): string =>
	[separator, header, 'MIME-Version: 1.0', ...fields, '', body].join('\n');

/** A form of a mail: its name says which. */
export const forms: Readonly<Record<string, (mail: string) => string>> = {
	'quoted-printable': (mail) => {
		const parts = split(mail);
		const fields = [
			'Content-Type: text/plain; charset=UTF-8',
			'Content-Transfer-Encoding: quoted-printable',
		];
		return join(parts, fields, quotedPrintable(parts.body));
	},
	base64: (mail) => {
		const parts = split(mail);
		const encoded = Buffer.from(parts.body).toString('base64').replace(/.{76}/g, '$&\n');
		const fields = ['Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64'];
		return join(parts, fields, `${encoded}\n`);
	},
	'base64 of lines that end as those of mail': (mail) => {
		const parts = split(mail);
		const crlf = parts.body.replaceAll('\n', '\r\n');
		const encoded = Buffer.from(crlf).toString('base64').replace(/.{76}/g, '$&\n');
		const fields = ['Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64'];
		return join(parts, fields, `${encoded}\n`);
	},
	'format=flowed': (mail) => {
		const parts = split(mail);
		// A blank at the end of a line would join it with the next one, so it is cut; one at its beginning is doubled.
		const body = parts.body.replace(/(?<!^--) +$/gm, '').replace(/^(?=[ >]|From )/gm, ' ');
		return join(parts, ['Content-Type: text/plain; charset=UTF-8; format=flowed'], body);
	},
	CRLF: (mail) => mail.replaceAll('\n', '\r\n'),
	attachment: (mail) => {
		const parts = split(mail);
		const body = [
			'--frontier',
			'Content-Type: text/plain; charset=UTF-8',
			'',
			'A patch is attached.',
			'',
			'--frontier',
			'Content-Type: text/x-patch; charset=UTF-8; name=a.patch',
			'Content-Disposition: attachment; filename=a.patch',
			'Content-Transfer-Encoding: base64',
			'',
			Buffer.from(parts.body).toString('base64').replace(/.{76}/g, '$&\n'),
			'--frontier--',
			'',
		].join('\n');
		return join(parts, ['Content-Type: multipart/mixed; boundary=frontier'], body);
	},
	'a raw mail': (mail) => mail.slice(mail.indexOf('\n') + 1),
};

function quotedPrintable(text: string): string {
	const bytes = [...Buffer.from(text)];
	const encoded = bytes.map((byte) => {
		const plain = byte === 10 || (byte >= 32 && byte <= 126 && byte !== 61);
		return plain
			? String.fromCharCode(byte)
			: `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	});
	const lines = encoded.join('').split('\n');
	// Soft line breaks, and none within an encoded byte.
	return lines.map((line) => line.replace(/(?:=[0-9A-F]{2}|[^=]){1,70}(?=.)/g, '$&=\n')).join('\n');
}

/** A reply to a mail, with all of it quoted and a counterproposal as a diff. */
export function reply(mail: string, from = 'A Reader <reader@example.org>'): string {
	const { header, body } = split(mail);
	const field = (name: string) =>
		new RegExp(`^${name}: (.*(?:\\n .*)*)`, 'm').exec(header)?.[1] ?? '';
	const id = field('Message-Id') || field('Message-ID') || '<none@example.org>';
	return [
		'From reply Mon Sep 17 00:00:00 2001',
		`From: ${from}`,
		`Subject: Re: ${field('Subject')}`,
		`Date: ${field('Date')}`,
		`Message-ID: <reply-${id.replace(/[<>]/g, '')}>`,
		`In-Reply-To: ${id}`,
		'',
		...body.split('\n').map((line) => `> ${line}`),
		'Rather like this:',
		'',
		'diff --git a/drivers/dax/super.c b/drivers/dax/super.c',
		'--- a/drivers/dax/super.c',
		'+++ b/drivers/dax/super.c',
		'@@ -1,1 +1,1 @@',
		'-nothing',
		'+something',
		'',
	].join('\n');
}

/** An mbox as lore.kernel.org serves it: "From " within a mail is quoted. */
export const mbox = (mails: readonly string[]): string =>
	mails
		.map((mail) => {
			const { separator, ...rest } = split(mail);
			const text = mail.slice(separator.length + 1).replace(/^(>*From )/gm, '>$1');
			return `From mboxrd@z Thu Jan  1 00:00:00 1970\n${rest.header ? text : ''}\n`;
		})
		.join('\n');

export const gzip = (text: string): Buffer => gzipSync(Buffer.from(text));
