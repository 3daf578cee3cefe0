// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { formatVector } from '../library/format';
import { vectorFiles } from '../library/library';
import { MAX_VECTOR_BYTES, readBytes } from '../library/read-text';
import type { Command } from './command';

export const fmt: Command = {
	summary: 'write vectors down in the one way',
	usage: '[FILES] [--check]',
	about: [
		'Rewrites vectors: keys in the order of the schema, two spaces, no quotes that say nothing. Comments, blank lines,',
		'braces or lines, and where folded text is broken stay as they are. Nothing else changes: the data is compared, and so',
		'is every comment. Without FILES: every vector of the library.',
	].join('\n'),
	options: {
		check: { type: 'boolean', about: 'write nothing; exit 1 and name what would change' },
	},
	examples: [
		['dax-vectors fmt draft.yaml', 'one file'],
		['dax-vectors fmt --check', 'in CI'],
	],

	async run(words, values, { out }) {
		const files = words.length > 0 ? words.map((word) => resolve(word)) : await vectorFiles();
		let changed = 0;
		for (const file of files) {
			const shown = relative(process.cwd(), file);
			const before = readBytes(file, MAX_VECTOR_BYTES);
			const after = formatVector(shown, before);
			if (Buffer.from(after).equals(before)) continue;
			changed++;
			if (!values.check) writeFileSync(file, after);
			out(values.check ? `${shown}: run dax-vectors fmt ${shown}` : shown);
		}
		if (changed === 0)
			out(`${files.length} ${files.length === 1 ? 'file' : 'files'} as they should be`);
		return values.check && changed > 0 ? 1 : 0;
	},
};
