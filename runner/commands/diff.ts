// SPDX-License-Identifier: MIT
import type { Export } from '../../schema/types/export';
import { isFolder, readExport, readFolder } from '../library/open-library';
import { diffLibraries, librariesText } from '../report/diff-libraries';
import { diffReports, reportsText } from '../report/diff-reports';
import { jsonLine } from '../report/json';
import { bytesOf, type Report, readReport } from '../report/read';
import { command } from './command';
import { option, UsageError } from './option';

export const diff = command({
	summary: 'show what changed between two reports, or two versions of the vectors',
	usage: 'BEFORE AFTER [--reporter json]',
	about: [
		'Of two JSON Lines reports of "run --reporter json": by id and implementation, only what changed: verdicts, outcomes',
		'seen, how much was explored, expectations that fail, ids that are new or gone. Exits 1 when something that is scored',
		'was green and is not any more. Two reports about one implementation each are compared whatever its address is, such as',
		'those of two kernel trees.',
		'',
		'Of two libraries, folders of vectors or files of "export --json": which vectors mean something else, which were only',
		'reworded, which are new, which are retired. Exits 1 when somebody who cited an id is let down: it is gone without a',
		'tombstone; it means something else, weaker or stronger; it was retired and is in use again; it was normative and is',
		'open, or retired without a normative vector that replaces it.',
	].join('\n'),
	options: {
		reporter: option.oneOf(['pretty', 'json'], {
			short: 'r',
			about: 'format (default: pretty); schema/diff.schema.json describes the JSON',
		}),
	},
	examples: [
		['dax-vectors run -i native:. -r json > after.jsonl', 'a report of a kernel tree'],
		[
			'dax-vectors diff <(dax-vectors run -i reference:v3 -r json) <(dax-vectors run -r json)',
			'since series V3',
		],
		['dax-vectors diff ../released/vectors vectors', 'what a change of vectors does'],
	],

	async run(words, values, { out, colors }) {
		if (words.length !== 2)
			throw new UsageError('diff takes two reports or two libraries: BEFORE AFTER');
		const { reporter = 'pretty' } = values;
		const [before, after] = (await Promise.all(words.map(openEither))) as [Either, Either];
		if ('library' in before !== 'library' in after)
			throw new UsageError('diff takes two reports or two libraries, not one of each');
		const found =
			'library' in before && 'library' in after
				? diffLibraries(before, after)
				: diffReports(before as Report, after as Report);
		const text =
			found.of === 'libraries' ? librariesText(found, colors) : reportsText(found, colors);
		for (const line of reporter === 'json' ? [jsonLine(found)] : text) out(line);
		return found.exit;
	},
});

type Either = Report | { readonly file: string; readonly library: Export };

/** Throws UserError. A file is read once: it may be a pipe. */
async function openEither(file: string): Promise<Either> {
	if (isFolder(file)) return { file, library: await readFolder(file) };
	const bytes = bytesOf(file);
	const library = readExport(file, bytes);
	return library ? { file, library } : readReport(file, bytes);
}
