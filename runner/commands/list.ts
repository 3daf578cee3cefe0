// SPDX-License-Identifier: MIT
import { openLibrary } from '../library/library';
import { selectCases } from '../library/select';
import { type Command, texts } from './command';

export const list: Command = {
	summary: 'list the vectors',
	usage: '[IDS or globs] [--tag TAG]',
	about:
		'One line a vector: id, status, title; with --tags also its tags, with --variants also its variants.',
	options: {
		tag: { type: 'string', multiple: true, value: 'TAG', about: 'only vectors with this tag' },
		tags: { type: 'boolean', about: 'show the tags' },
		variants: { type: 'boolean', about: 'show the variants' },
	},
	examples: [
		['dax-vectors list', 'all of them'],
		['dax-vectors list --tag race --tag removal', 'races with removal'],
	],

	async run(words, values, { out, colors }) {
		const { cases } = await openLibrary();
		const selected = selectCases(cases, words, texts(values, 'tag'));
		for (const id of new Set(selected.map(({ vector }) => vector.id))) {
			const variants = selected.filter(({ vector }) => vector.id === id);
			const { status, title, tags } = variants[0]!.vector;
			out(`${id}  ${status.padEnd(9)}  ${title}`);
			if (values.tags) out(colors.dim(`                     ${tags.join(' ')}`));
			if (values.variants && variants[0]!.id !== id)
				out(colors.dim(`                     ${variants.map((each) => each.id).join(' ')}`));
		}
		return 0;
	},
};
