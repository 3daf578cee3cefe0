// SPDX-License-Identifier: MIT
import { COMMIT_WIDTH } from '../diagram/commit-diagram';
import { sentence, trailers } from '../report/citation';
import { CONFORMS } from '../report/exit-codes';
import { homepage as ownHomepage } from '../text/package-root';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { citeRange } from './cite-range';
import { command } from './command';
import { option, UsageError } from './option';
import { runOptions } from './run-options';
import { openOwnLibrary, vectorFileOf } from './vector-words';

const { reporter, 'known-failures': known, preemptions, budget, timeout } = runOptions;

export const cite = command({
	summary: 'print the lines that cite a vector in a commit, or list what commits cite',
	usage: 'ID|FILE [--homepage URL] | --range RANGE [-C TREE] [--run [options of run]]',
	about: [
		"Prints one sentence, and trailers in the forms of the kernel's submitting-patches.rst: Fixes: with the commit that",
		'the vector blames, Closes: with the reports that it knows, Link: with its permanent page. Paste them above your',
		'Signed-off-by:. "dax-vectors show ID --commit" prints the interleaving.',
		'',
		'--range reads the commit messages of a range as git log understands it (HEAD^! is one commit) and lists the vectors',
		"that they cite by id or Link:. --run also runs these on the tree's own drivers/dax/super.c, as it is checked out",
		'now; the list goes to stderr then. It exits 125 when an id is unknown to this version and nothing fails. Retired',
		'vectors are listed as such, and not run.',
	].join('\n'),
	options: {
		homepage: option.text({
			value: 'URL',
			about: `address of the pages of the vectors (default: ${ownHomepage ?? 'none yet, so no Link:'})`,
		}),
		range: option.text({ value: 'RANGE', about: 'list what these commits cite' }),
		directory: option.text({
			short: 'C',
			value: 'TREE',
			about: 'with --range: the kernel tree (default: the working directory)',
		}),
		run: option.flag({ about: 'with --range: run the vectors; options of run:' }),
		reporter,
		'known-failures': known,
		preemptions,
		budget,
		timeout,
	},
	examples: [
		['dax-vectors cite DAXV-0020', 'the lines for a fix'],
		['dax-vectors cite DAXV-0020 --homepage https://example.org/dax', 'with a Link: to its page'],
		["dax-vectors cite --range 'HEAD^!'", 'in a kernel tree: what the last commit cites'],
		['dax-vectors cite --range v7.0..HEAD -C linux --run', 'run what a series cites'],
	],

	async run(words, values, terminal) {
		const { range } = values;
		if (range !== undefined) {
			if (words.length > 0) throw new UsageError('cite takes an id or --range, not both');
			return citeRange(range, values, terminal);
		}
		if (values.run) throw new UsageError('--run belongs to --range: see "dax-vectors cite --help"');
		const [id] = words;
		if (id === undefined || words.length > 1)
			throw new UsageError('cite takes one id or file, or --range RANGE');
		return citeVector(id, homepageOf(values.homepage ?? ownHomepage), terminal);
	},
});

async function citeVector(
	word: string,
	homepage: string | undefined,
	terminal: Terminal,
): Promise<number> {
	const { out, error } = terminal;
	const { vector } = vectorFileOf(await openOwnLibrary(terminal), word);
	const { id } = vector;
	if (vector.status === 'retired') {
		const next = vector.retired['replaced-by'];
		const hint = next === undefined ? '' : `: cite ${next}`;
		throw new UsageError(`${id} is retired, ${vector.retired.reason}${hint}`);
	}
	for (const line of wrap(sentence(vector), COMMIT_WIDTH)) out(line);
	const lines = trailers(vector, homepage);
	if (lines.length > 0) out('');
	for (const line of lines) out(line);

	if (homepage === undefined)
		error('no Link: the package has no homepage yet; give its address with --homepage URL');
	const fixed = vector.bug.links.find(({ role }) => role === 'fixed-by');
	if (fixed && lines.some((line) => /^(Fixes|Closes):/.test(line)))
		error(
			`${id} was fixed by ${fixed.commit ?? fixed['message-id']}: if your commit fixes something else, drop Fixes: and Closes:`,
		);
	if (vector.status === 'open') error(`${id} is open: upstream has not settled what must hold`);
	return CONFORMS;
}

function homepageOf(word: string | undefined): string | undefined {
	if (word === undefined) return undefined;
	// A trailer holds one line without spaces.
	if (/^https?:\/\/[!-~]+$/.test(word) && URL.canParse(word) && !/[?#]/.test(word)) return word;
	throw new UsageError(
		`--homepage takes an address such as https://example.org/dax, not "${word}"`,
	);
}
