// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { draft } from '../authoring/draft';
import { type Findings, noFindings } from '../authoring/findings';
import { type Mail, MBOX_LIMIT, readMail, splitMbox } from '../authoring/mail';
import { findingsOfMail } from '../authoring/mail-findings';
import { findingsOfSplat, readSplat } from '../authoring/splat';
import { topicOf, topics } from '../authoring/topic';
import { freeIds } from '../library/ledger';
import { libraryFolder } from '../library/library';
import { readBytes } from '../library/read-text';
import { noPlaceholders } from '../library/rules/no-placeholders';
import { YamlSource } from '../library/yaml-source';
import { CONFORMS } from '../report/exit-codes';
import { UserError } from '../text/user-error';
import { command } from './command';
import { option, UsageError, type Values } from './option';

const options = {
	from: option.text({ value: 'MBOX', about: 'a mail, or a thread in one file' }),
	'from-dmesg': option.text({ value: 'LOG', about: 'a kernel log with a WARN, a BUG or an oops' }),
	'message-id': option.text({
		value: 'ID',
		about: 'which mail of the thread (default: the first)',
	}),
};

export const newCommand = command({
	summary: 'begin a vector, from nothing, a mail or a kernel log',
	usage: '[TOPIC] [--from MBOX | --from-dmesg LOG]',
	about: [
		'Writes a draft under the next free id into vectors/TOPIC. Its comments explain the format. Each value that could not',
		'be found is a placeholder (TODO), which lint refuses until it is filled in. Nothing is guessed.',
		'',
		'--from reads a mail (.eml) or an mbox as lore.kernel.org serves it, also gzipped: subject, date, Message-ID, sender,',
		'reporter, commits, functions of the diff. --from-dmesg reads a log with a WARN, a BUG or an oops. Without TOPIC, the',
		'calls that the mail or log names decide it.',
	].join('\n'),
	options,
	examples: [
		['dax-vectors new claim', 'an empty draft about claiming and releasing'],
		['dax-vectors new --from report.mbox', 'from a mail, saved from lore.kernel.org'],
		['dax-vectors new removal --from-dmesg splat.txt', 'from a kernel log'],
	],

	async run(words, values, { out, error }) {
		const [word] = words;
		const known = topics(libraryFolder);
		if (words.length > 1) throw new UsageError('new takes one topic');
		if (word !== undefined && !known.includes(word))
			throw new UsageError(`there is no topic "${word}": use one of ${known.join(', ')}`);
		const findings = await findingsFrom(values, error);
		const topic = word ?? topicOf(findings.calls);
		if (topic === undefined)
			throw new UsageError(`name a topic for the vector: ${known.join(', ')}`);

		const id = freeIds().next().value;
		const file = join(libraryFolder, topic, `${id}.yaml`);
		const content = draft(id, topic, findings);
		write(file, content);
		const shown = relative(process.cwd(), file);
		const placeholders = [...noPlaceholders(YamlSource.parse(shown, Buffer.from(content)))];
		out(shown);
		out(`${placeholders.length} placeholders to replace: dax-vectors lint ${shown} lists them`);
		return CONFORMS;
	},
});

async function findingsFrom(
	{ from, 'from-dmesg': log, 'message-id': id }: Values<typeof options>,
	note: (line: string) => void,
): Promise<Findings> {
	if (from !== undefined && log !== undefined)
		throw new UsageError('--from and --from-dmesg exclude each other');
	if (id !== undefined && from === undefined)
		throw new UsageError('--message-id chooses a mail of --from');
	if (from !== undefined) return findingsInMbox(from, id, note);
	return log === undefined
		? noFindings
		: findingsOfSplat(readSplat(log, readBytes(log, MBOX_LIMIT)));
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
	const mail = wanted === undefined ? mails[0] : mails.find((each) => each.messageId === wanted);
	if (!mail) {
		const ids = mails.map(({ messageId }) => messageId).join(', ');
		throw new UsageError(`${file} has no mail <${wanted}>: it has ${ids}`);
	}
	if (mails.length > 1 && wanted === undefined)
		note(`${mails.length} mails: took the first, <${mail.messageId}>; --message-id takes another`);
	return findingsOfMail(
		mail,
		mails.filter((each) => each !== mail),
	);
}

/** Writes a new file. Throws UserError when it exists, because another user may have taken the same id. */
function write(file: string, content: string): void {
	try {
		writeFileSync(file, content, { flag: 'wx' });
	} catch (error) {
		throw new UserError(`the draft cannot be written: ${(error as Error).message}`);
	}
}
