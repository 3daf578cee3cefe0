// SPDX-License-Identifier: MIT
import { exported } from '../export';
import { openLibrary } from '../library';
import { type Command, UsageError } from './command';

export const exportCommand: Command = {
	summary: 'write all vectors, variants expanded, as one JSON file',
	usage: '--json',
	about: [
		'For whoever wants the data alone: every variant with its program and its expectations, every word filled in. The file',
		'is the same for the same library, is described by schema/export.schema.json, and is in the npm package as',
		'dist/vectors.json.',
	].join('\n'),
	options: { json: { type: 'boolean', about: 'as JSON' } },
	examples: [['dax-vectors export --json', 'the whole library on stdout']],

	async run(words, values, { out }) {
		if (words.length > 0) throw new UsageError('export takes no ids: it writes everything');
		if (!values.json) throw new UsageError('export takes a format: --json');
		const library = await openLibrary();
		out(JSON.stringify(exported(library), null, '\t'));
		return 0;
	},
};
