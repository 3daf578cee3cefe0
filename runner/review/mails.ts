// SPDX-License-Identifier: MIT
/** Reads saved mails: git splits mailboxes and decodes each mail. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { git, runGit, withoutRepository } from '../../implementations/system/git';
import { UserError } from '../text/user-error';

/** Bytes of all mails, unpacked: a long thread has some megabytes. */
export const MAX_MAIL_BYTES = 64 << 20;
const MAX_MAILS = 2_000;

export interface Mail {
	readonly subject: string;
	/** Name of the sender. */
	readonly author: string;
	/** As the mail has it. */
	readonly date: string;
	/** Without angle brackets; undefined when the mail has none. */
	readonly messageId: string | undefined;
	/** Text before the diff. */
	readonly text: string;
	/** The diff and what follows it; empty when the mail has no diff. */
	readonly patch: Buffer;
}

/**
 * Mails of a file (a raw mail, an mbox, either of them gzipped), of each file of a folder, or of stdin ("-"), in
 * order. Writes intermediate files into the folder work. Throws UserError.
 */
export function readMails(path: string, work: string): Mail[] {
	const mails: Mail[] = [];
	let bytes = 0;
	for (const [index, file] of filesOf(path).entries()) {
		const raw = unpacked(file, readFileSync(file === '-' ? 0 : file));
		bytes += raw.length;
		if (bytes > MAX_MAIL_BYTES) throw tooLarge(path);
		if (raw.toString('latin1', 0, 1_000).trim() === '') continue;
		const folder = join(work, `mails-${index}`);
		mkdirSync(folder, { recursive: true });
		const mailbox = join(work, `mailbox-${index}`);
		writeFileSync(mailbox, raw);
		// mboxrd is the format of lore.kernel.org; -b takes a file without a "From " line for one mail.
		const split = ['mailsplit', '-b', '--mboxrd', `-o${folder}`, mailbox];
		git(work, split, { env: withoutRepository(work) });
		const names = readdirSync(folder).sort((a, b) => Number(a) - Number(b));
		if (mails.length + names.length > MAX_MAILS)
			throw new UserError(`${path} has more than ${MAX_MAILS} mails: save one thread`);
		for (const name of names) mails.push(...decoded(readFileSync(join(folder, name)), work));
	}
	return mails;
}

function filesOf(path: string): string[] {
	if (path === '-') return [path];
	const found = statSync(path, { throwIfNoEntry: false });
	if (!found)
		throw new UserError(`there is no ${path}: give a saved thread or a folder of patches`);
	if (found.isFile()) return [path];
	if (!found.isDirectory()) throw new UserError(`${path} is neither a file nor a folder`);
	const files = readdirSync(path, { withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map(({ name }) => join(path, name))
		.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
	if (files.length === 0) throw new UserError(`${path} has no files: save the mails in it`);
	return files;
}

const tooLarge = (path: string): UserError =>
	new UserError(
		`the mails of ${path} have more than ${MAX_MAIL_BYTES >> 20} MB: save the thread of the series only`,
	);

function unpacked(file: string, bytes: Buffer): Buffer {
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
	try {
		return gunzipSync(bytes, { maxOutputLength: MAX_MAIL_BYTES });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file);
		throw new UserError(`${file} is damaged or cut off: download it again`);
	}
}

/** The mail, or nothing for a reply and for what git does not take for a mail. */
function decoded(raw: Buffer, work: string): Mail[] {
	const header = headerOf(raw);
	if (/^\s*re:/i.test(field(header, 'subject') ?? '')) return [];
	const args = ['mailinfo', '-k', '--no-scissors', '--encoding=UTF-8', 'message', 'patch'];
	const { status, stdout } = runGit(work, args, { input: raw, env: withoutRepository(work) });
	if (status !== 0) return [];
	const info = stdout.toString('utf8');
	const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
	const [, messageId] = /<([^<>\s]+)>/.exec(field(header, 'message-id') ?? '') ?? [];
	return [
		{
			subject: line('Subject'),
			author: line('Author') || line('Email'),
			date: line('Date'),
			messageId,
			text: readFileSync(join(work, 'message'), 'utf8'),
			patch: withoutCarriageReturns(readFileSync(join(work, 'patch'))),
		},
	];
}

/** The kernel's files have none; a mail that was encoded with its line ends brings them. */
function withoutCarriageReturns(patch: Buffer): Buffer {
	if (!patch.includes('\r\n')) return patch;
	return Buffer.from(patch.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Header fields of a raw mail, with folded lines joined. */
function headerOf(raw: Buffer): string {
	const text = raw.toString('latin1', 0, Math.min(raw.length, 1 << 16));
	const [header = ''] = text.split(/\r?\n\r?\n/, 1);
	return header.replace(/\r?\n[ \t]+/g, ' ');
}

const field = (header: string, name: string): string | undefined =>
	new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(header)?.[1];
