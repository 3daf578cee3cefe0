// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { draft } from '../authoring/draft';
import { type Findings, nothing } from '../authoring/findings';
import { type Mail, readMail } from '../authoring/mail';
import { findingsOf } from '../authoring/mail-findings';
import { MBOX_LIMIT, splitMbox } from '../authoring/mbox';
import { findingsIn, readSplat } from '../authoring/splat';
import { topicOf, topics } from '../authoring/topic';
import { freeIds } from '../library/ledger';
import { libraryFolder } from '../library/library';
import { readBytes } from '../library/read-text';
import { noPlaceholders } from '../library/rules/no-placeholders';
import { YamlSource } from '../library/yaml-source';
import { UserError } from '../text/user-error';
import { type Command, text, UsageError } from './command';

export const newCommand: Command = {
	summary: 'begin a vector, from nothing, a mail or a kernel log',
	usage: '[TOPIC] [--from MBOX | --from-dmesg LOG]',
	about: [
		'Writes a draft under the next free id into vectors/TOPIC. Its comments explain the format; what could not be',
		'found is a blank (TODO), which lint refuses until somebody fills it in. Nothing is guessed.',
		'',
		'--from takes a mail (.eml) or an mbox as lore.kernel.org serves it, also gzipped: subject, date, Message-ID,',
		'sender, reporter, commits, functions of the diff. --from-dmesg takes a log with a WARN, a BUG or an oops.',
		'Without TOPIC, it is told by the calls that the mail or log names.',
	].join('\n'),
	options: {
		from: { type: 'string', value: 'MBOX', about: 'a mail, or a thread in one file' },
		'from-dmesg': { type: 'string', value: 'LOG', about: 'a kernel log with a splat' },
		'message-id': {
			type: 'string',
			value: 'ID',
			about: 'which mail of the thread (default: the first)',
		},
	},
	examples: [
		['dax-vectors new claim', 'an empty draft about claiming and releasing'],
		['dax-vectors new --from report.mbox', 'from a mail, saved from lore.kernel.org'],
		['dax-vectors new removal --from-dmesg splat.txt', 'from what dmesg said'],
	],

	async run(words, values, { out, error }) {
		const [word] = words;
		const rooms = topics(libraryFolder);
		if (words.length > 1) throw new UsageError('new takes one topic');
		if (word !== undefined && !rooms.includes(word))
			throw new UsageError(`there is no topic "${word}": use one of ${rooms.join(', ')}`);
		const [mbox, log, id] = ['from', 'from-dmesg', 'message-id'].map((name) => text(values, name));
		if (mbox !== undefined && log !== undefined)
			throw new UsageError('--from and --from-dmesg exclude each other');
		if (id !== undefined && mbox === undefined)
			throw new UsageError('--message-id chooses a mail of --from');

		let findings: Findings = nothing;
		if (mbox !== undefined) findings = await fromMbox(mbox, id, error);
		else if (log !== undefined) findings = findingsIn(readSplat(log, readBytes(log, MBOX_LIMIT)));
		const topic = word ?? topicOf(findings.calls);
		if (topic === undefined)
			throw new UsageError(`name a topic for the vector: ${rooms.join(', ')}`);

		const next = freeIds().next().value;
		const file = join(libraryFolder, topic, `${next}.yaml`);
		const content = draft(next, topic, findings);
		write(file, content);
		const shown = relative(process.cwd(), file);
		const blanks = [...noPlaceholders(YamlSource.parse(shown, Buffer.from(content)))];
		out(shown);
		out(`${blanks.length} placeholders to replace: dax-vectors lint ${shown} names them`);
		return 0;
	},
};

async function fromMbox(
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
	return findingsOf(
		mail,
		mails.filter((each) => each !== mail),
	);
}

/** Never over a file that is there: somebody else may have taken the same id. */
function write(file: string, content: string): void {
	try {
		writeFileSync(file, content, { flag: 'wx' });
	} catch (error) {
		throw new UserError(`the draft cannot be written: ${(error as Error).message}`);
	}
}
