// SPDX-License-Identifier: MIT
import { profileNames, readProfile } from '../library/profile';
import { selectCases } from '../library/select';
import { CONFORMS } from '../report/exit-codes';
import type { Terminal } from '../text/terminal';
import { command } from './command';
import { option, UsageError } from './option';
import { openOwnLibrary } from './vector-words';

/** Columns before the details of a vector. */
const INDENT = ' '.repeat(21);

export const list = command({
	summary: 'list the vectors, or the profiles',
	usage: '[IDS or globs] [--tag TAG]... [--profile NAME] | --profiles',
	about: [
		'Prints one line for each vector: id, status, title.',
		'',
		'A profile is a frozen set of normative vectors, for "run --profile NAME". --profile lists what one holds, with the',
		'vectors that were retired since then. "lint --record-profile NAME" makes one.',
	].join('\n'),
	options: {
		tag: option.list({ value: 'TAG', about: 'only vectors with this tag' }),
		profile: option.text({ value: 'NAME', about: 'only the vectors of this profile' }),
		profiles: option.flag({ about: 'list the profiles instead' }),
		tags: option.flag({ about: 'show the tags' }),
		variants: option.flag({ about: 'show the variants' }),
	},
	examples: [
		['dax-vectors list', 'all vectors'],
		['dax-vectors list --tag race --tag removal', 'races with removal'],
		['dax-vectors list --profile 1.0', 'the vectors of a profile'],
		['dax-vectors list --profiles', 'the profiles'],
	],

	async run(words, values, terminal) {
		const { out, colors } = terminal;
		if (values.profiles) return listProfiles(words, terminal);
		const { files, cases } = await openOwnLibrary(terminal);
		const { profile } = values;
		const inProfile = profile === undefined ? undefined : readProfile(profile).vectors;
		const holds = (id: string) => inProfile === undefined || Object.hasOwn(inProfile, id);
		const held = cases.filter(({ id }) => holds(id.replace(/\/.*/, '')));
		const selected = selectCases(held, words, values.tag);
		for (const { source, vector } of files) {
			const variants = selected.filter((test) => test.source === source);
			const [first] = variants;
			if (!first) continue;
			out(`${vector.id}  ${vector.status.padEnd(9)}  ${vector.title}`);
			if (values.tags) out(colors.dim(`${INDENT}${vector.tags.join(' ')}`));
			if (values.variants && first.id !== vector.id)
				out(colors.dim(`${INDENT}${variants.map(({ id }) => id).join(' ')}`));
		}
		if (inProfile && words.length === 0 && values.tag.length === 0)
			for (const { vector } of files)
				if (vector.status === 'retired' && holds(vector.id))
					out(`${vector.id}  ${vector.status.padEnd(9)}  ${vector.title}`);
		return CONFORMS;
	},
});

function listProfiles(words: readonly string[], { out }: Terminal): number {
	if (words.length > 0) throw new UsageError('--profiles takes no ids: use --profile NAME');
	for (const name of profileNames()) {
		const { since, vectors } = readProfile(name);
		out(`${name}  ${Object.keys(vectors).length} vectors, since ${since}`);
	}
	return CONFORMS;
}
