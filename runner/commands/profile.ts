// SPDX-License-Identifier: MIT

import { loadLibrary } from '../library/library';
import { profileNames, readProfile, recordProfile } from '../library/profile';
import { version } from '../text/package-root';
import { type Command, UsageError } from './command';

export const profile: Command = {
	summary: 'show or make a frozen set of vectors to be held to',
	usage: '[NAME] [--record]',
	about: [
		'A profile (vectors/profiles/NAME.yaml) is a frozen set of normative vectors, each with the fingerprint of what it',
		'means. "run --profile NAME" runs these and no others, so that a vector that came later never makes a target fail',
		'that pinned the profile. lint refuses a library in which one of them means something else.',
		'',
		'Without NAME: the profiles there are. With --record: makes one of all vectors that are normative now.',
	].join('\n'),
	options: {
		record: { type: 'boolean', about: 'write the profile; never overwrites one' },
	},
	examples: [
		['dax-vectors profile 1.0', 'what it holds'],
		['dax-vectors run --profile 1.0 -i native:.', 'hold a kernel tree to it'],
		['dax-vectors profile 1.1 --record', 'freeze what is normative now'],
	],

	async run([name, ...more], values, { out, colors }) {
		if (more.length > 0) throw new UsageError('profile takes one name, such as 1.0');
		if (name === undefined) {
			if (values.record) throw new UsageError('profile --record takes a name, such as 1.1');
			for (const each of profileNames()) {
				const { since, vectors } = readProfile(each);
				out(`${each}  ${Object.keys(vectors).length} vectors, since ${since}`);
			}
			return 0;
		}
		const files = await loadLibrary();
		if (values.record) {
			const file = recordProfile(name, files, version);
			out(`${file}: ${Object.keys(readProfile(name).vectors).length} vectors`);
			return 0;
		}
		const byId = new Map(files.map(({ vector }) => [vector.id, vector]));
		for (const [id, frozen] of Object.entries(readProfile(name).vectors)) {
			const { title, status } = byId.get(id) ?? { title: 'gone', status: 'retired' };
			const note = status === 'normative' ? '' : `  (${status})`;
			out(`${id}  ${colors.dim(frozen)}  ${title}${note}`);
		}
		return 0;
	},
};
