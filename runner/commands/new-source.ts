// SPDX-License-Identifier: MIT
/** The mail or the splat that a draft begins with. */
import { type Findings, noFindings } from '../authoring/findings';
import { type Mail, MBOX_LIMIT, readMail, splitMbox } from '../authoring/mail';
import { findingsOfMail, lineOf, proposedMail } from '../authoring/mail-findings';
import { concernsDax, findingsOfSplat, readSplats, type Splat } from '../authoring/splat/read';
import { readBytes } from '../library/read-text';
import { printable } from '../text/printable';
import { option, UsageError, type Values } from './option';

export const sourceOptions = {
	from: option.text({ value: 'MBOX', about: 'a mail, or a thread in one file' }),
	'from-dmesg': option.text({ value: 'LOG', about: 'a kernel log with a WARN, a BUG or an oops' }),
	'message-id': option.text({
		value: 'ID',
		about: 'which mail of the thread (default: the first that reports or fixes something)',
	}),
	splat: option.count({
		least: 1,
		about: 'which splat of the log (default: the first in drivers/dax)',
	}),
};

/** Facts of the source that the options name. note prints a line for the user. Throws UsageError, InvalidFile. */
export async function findingsFrom(
	{ from, 'from-dmesg': log, 'message-id': id, splat }: Values<typeof sourceOptions>,
	note: (line: string) => void,
): Promise<Findings> {
	if (from !== undefined && log !== undefined)
		throw new UsageError('--from and --from-dmesg exclude each other');
	if (id !== undefined && from === undefined)
		throw new UsageError('--message-id chooses a mail of --from');
	if (splat !== undefined && log === undefined)
		throw new UsageError('--splat chooses a splat of --from-dmesg');
	if (from !== undefined) return findingsInMbox(from, id, note);
	return log === undefined ? noFindings : findingsInLog(log, splat, note);
}

function findingsInLog(
	file: string,
	wanted: number | undefined,
	note: (line: string) => void,
): Findings {
	const splats = readSplats(file, readBytes(file, MBOX_LIMIT));
	const chosen: Splat | undefined =
		wanted === undefined ? (splats.find(concernsDax) ?? splats[0]) : splats[wanted - 1];
	if (!chosen)
		throw new UsageError(
			`${file} has no splat ${wanted}: give a number from 1 to ${splats.length}`,
		);
	if (splats.length > 1 && wanted === undefined) {
		note(`${splats.length} splats; * is taken, --splat N takes another:`);
		for (const [index, splat] of splats.entries())
			note(printable(`${splat === chosen ? '*' : ' '} ${index + 1}  ${splat.headline}`));
	}
	return findingsOfSplat(chosen);
}

async function findingsInMbox(
	file: string,
	id: string | undefined,
	note: (line: string) => void,
): Promise<Findings> {
	const mails: Mail[] = [];
	const messages = splitMbox(file, readBytes(file, MBOX_LIMIT));
	for (const [index, message] of messages.entries())
		mails.push(await readMail(messages.length > 1 ? `${file}, mail ${index + 1}` : file, message));
	const wanted = id?.replace(/^<|>$/g, '');
	const chosen =
		wanted === undefined
			? proposedMail(mails)
			: mails.find(({ messageId }) => messageId === wanted);
	const list = mails.flatMap((mail) => [
		printable(`${mail === chosen ? '*' : ' '} ${lineOf(mail)}`),
		printable(`    <${mail.messageId}>`),
	]);
	if (!chosen)
		throw new UsageError([`${file} has no mail <${wanted}>: it has`, ...list].join('\n'));
	if (mails.length > 1 && wanted === undefined)
		for (const line of [
			`${mails.length} mails; * is taken, --message-id ID takes another:`,
			...list,
		])
			note(line);
	return findingsOfMail(
		chosen,
		mails.filter((each) => each !== chosen),
	);
}
