// SPDX-License-Identifier: MIT

import { COMMIT_WIDTH } from '../diagram/commit-diagram';
import { openLibrary } from '../library/library';
import { sentence, trailers } from '../report/citation';
import { homepage as ownHomepage } from '../text/package-root';
import { wrap } from '../text/wrap';
import { type Command, text, UsageError } from './command';

export const cite: Command = {
	summary: 'a block for a commit message that cites a vector',
	usage: 'ID [--homepage URL]',
	about: [
		"One sentence, and trailers in the forms of the kernel's submitting-patches.rst: Fixes: with the commit that the",
		'vector blames, Closes: with the reports that it knows, Link: with the permanent page of the vector. Paste it above',
		'your Signed-off-by:. "dax-vectors show ID --commit" prints the interleaving.',
	].join('\n'),
	options: {
		homepage: {
			type: 'string',
			value: 'URL',
			about: `where the pages of the vectors are (default: ${ownHomepage ?? 'none yet, so no Link:'})`,
		},
	},
	examples: [
		['dax-vectors cite DAXV-0020', 'what a fix of it says'],
		['dax-vectors cite DAXV-0020 --homepage https://example.org/dax', 'with a Link: to its page'],
	],

	async run(words, values, { out, error }) {
		const [id] = words;
		if (id === undefined || words.length > 1) throw new UsageError('cite takes one id');
		const homepage = homepageOf(text(values, 'homepage') ?? ownHomepage);
		const { files } = await openLibrary();
		const vector = files.find((file) => file.vector.id === id)?.vector;
		if (!vector) throw new UsageError(`there is no vector "${id}": see "dax-vectors list"`);
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
			error(`no Link: the package has no homepage yet; give its address with --homepage URL`);
		const fixed = vector.bug.links.find(({ role }) => role === 'fixed-by');
		if (fixed && lines.some((line) => /^(Fixes|Closes):/.test(line)))
			error(
				`${id} was fixed by ${fixed.commit ?? fixed['message-id']}: where your commit mends something else, drop Fixes: and Closes:`,
			);
		if (vector.status === 'open') error(`${id} is open: upstream has not settled what must hold`);
		return 0;
	},
};

function homepageOf(word: string | undefined): string | undefined {
	if (word === undefined) return undefined;
	// One line without blanks, which is what a trailer can hold.
	if (/^https?:\/\/[!-~]+$/.test(word) && URL.canParse(word) && !/[?#]/.test(word)) return word;
	throw new UsageError(
		`--homepage takes an address such as https://example.org/dax, not "${word}"`,
	);
}
