// SPDX-License-Identifier: MIT
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { makeFolder } from '../../implementations/system/make-folder';
import { draft } from '../authoring/draft';
import { callsOf, type Findings } from '../authoring/findings';
import { NAMES_NO_CALL } from '../authoring/mail-findings';
import { topicOf, topics } from '../authoring/topic';
import { freeIds } from '../library/free-ids';
import { libraryFolder } from '../library/library';
import type { VectorFile } from '../library/load';
import { NO_ID } from '../library/rules/id-matches-file';
import { noPlaceholders } from '../library/rules/no-placeholders';
import { YamlSource } from '../library/yaml-source';
import { CONFORMS } from '../report/exit-codes';
import { packageRoot } from '../text/package-root';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { command } from './command';
import { findingsFrom, sourceOptions } from './new-source';
import { option, UsageError } from './option';
import { openOwnLibrary } from './vector-words';

const options = {
	...sourceOptions,
	out: option.text({ value: 'DIR', about: 'where to write (default: see above)' }),
};

export const newCommand = command({
	summary: 'begin a vector, from nothing, a mail or a kernel log',
	usage: '[TOPIC] [--from MBOX | --from-dmesg LOG]',
	about: [
		'Writes a draft. Its comments explain the format. Each value that could not be found is a placeholder (TODO), which',
		'lint refuses until it is filled in. Nothing is guessed. Names the vectors that cite the same Message-ID.',
		'',
		'In a clone of dax-vectors the draft gets the next free id, in vectors/TOPIC. Elsewhere, and with --out, it is',
		'draft.yaml: an id is given out when a vector enters the library, by "lint --record" there.',
		'',
		'--from reads a mail (.eml) or an mbox as lore.kernel.org serves it, also gzipped: subject, date, Message-ID, sender,',
		'reporter, commits, functions that the diff changes, and own words with the quoted lines that they answer. Of a thread',
		'it takes the first mail that reports or fixes something, and lists all. --from-dmesg reads a log with a WARN, a BUG or',
		'an oops, also decoded by decode_stacktrace.sh, or /proc/PID/stack. Without TOPIC, the calls that the source changes or',
		'names as the place decide it.',
	].join('\n'),
	options,
	examples: [
		['dax-vectors new claim', 'an empty draft about claiming and releasing'],
		['dax-vectors new claim --out drafts', 'outside of the library'],
		['dax-vectors new --from report.mbox', 'from a mail, saved from lore.kernel.org'],
		['dax-vectors new removal --from-dmesg splat.txt', 'from a kernel log'],
	],

	async run(words, values, terminal) {
		const { out, error } = terminal;
		const [word] = words;
		const known = topics(libraryFolder);
		if (words.length > 1) throw new UsageError('new takes one topic');
		if (word !== undefined && !known.includes(word))
			throw new UsageError(`there is no topic "${word}": use one of ${known.join(', ')}`);
		const findings = await findingsFrom(values, error);
		const topic = word ?? topicOf(findings.places);
		if (topic === undefined)
			throw new UsageError(`${whyNoTopic(values, findings)}: ${known.join(', ')}`);

		const { id, file } = placeOf(topic, values.out);
		const shown = relative(process.cwd(), file);
		const content = draft(id, { file: shown, schema: schemaFrom(file) }, findings);
		write(file, content);
		const placeholders = [...noPlaceholders(YamlSource.parse(shown, Buffer.from(content)))];
		out(shown);
		out(`${placeholders.length} placeholders to replace: dax-vectors lint ${shown} lists them`);
		for (const line of sameSources(findings, (await openOwnLibrary({ error: () => {} })).files))
			out(line);
		return CONFORMS;
	},
});

/** Words above the list of topics. */
function whyNoTopic({ from }: { from: string | undefined }, findings: Findings): string {
	const calls = callsOf(findings);
	const ask = 'name a topic for the vector';
	if (calls.length > 0) return `${calls.join(', ')} belong to several topics, ${ask}`;
	return from === undefined ? ask : `${NAMES_NO_CALL}, ${ask}`;
}

/** Id and file of a new draft: in a clone of the package those of the library, elsewhere none and draft.yaml. */
function placeOf(topic: string, folder: string | undefined): { id: string; file: string } {
	const from = relative(packageRoot, process.cwd());
	const clone = !from.startsWith('..') && !/[\\/]node_modules[\\/]/.test(packageRoot);
	if (folder === undefined && clone) {
		const id = freeIds().next().value;
		return { id, file: join(libraryFolder, topic, `${id}.yaml`) };
	}
	const target = resolve(folder ?? '.');
	makeFolder(target);
	for (let number = 1; ; number++) {
		const file = join(target, number === 1 ? 'draft.yaml' : `draft-${number}.yaml`);
		if (!existsSync(file)) return { id: NO_ID, file };
	}
}

/** Path of the schema for the editor, from the folder of a file. */
const schemaFrom = (file: string): string =>
	relative(dirname(file), join(packageRoot, 'schema/vector.schema.json'));

/** A line for each vector that cites a Message-ID of the source already. */
function* sameSources({ links }: Findings, files: readonly VectorFile[]): Generator<string> {
	for (const { messageId } of links) {
		if (messageId === undefined) continue;
		const citing = files.filter(
			({ vector }) =>
				vector.status !== 'retired' &&
				vector.bug.links.some((link) => link['message-id'] === messageId),
		);
		for (const { vector } of citing)
			yield printable(`<${messageId}> is cited by ${vector.id} already: ${vector.title}`);
	}
}

/** Writes a new file. Throws UserError when it exists, because another user may have taken the same id. */
function write(file: string, content: string): void {
	try {
		writeFileSync(file, content, { flag: 'wx' });
	} catch (error) {
		throw new UserError(`the draft cannot be written: ${(error as Error).message}`);
	}
}
