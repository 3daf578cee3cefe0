// SPDX-License-Identifier: MIT
/** The classic litmus tests, written from the literature's definitions, each with what three models say of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelName } from '../../runner/memory/models';
import { packageRoot } from '../../runner/text/package-root';
import { parseLitmus } from './parse';
import type { Litmus } from './syntax';

const folder = join(packageRoot, 'test/fixtures/litmus');

/** The words of a comment that say what each model answers. */
const WORDS: Readonly<Record<ModelName, string>> = { lkmm: 'Result', tso: 'TSO', sc: 'SC' };

export interface Classic {
	readonly file: string;
	readonly litmus: Litmus;
	readonly answers: Readonly<Record<ModelName, string>>;
}

export function classics(): Classic[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.litmus'))
		.map((file) => {
			const source = readFileSync(join(folder, file), 'utf8');
			const said = (model: ModelName) =>
				new RegExp(`^ \\* ${WORDS[model]}: (\\w+)$`, 'm').exec(source)?.[1] ?? 'nothing';
			return {
				file,
				litmus: parseLitmus(file, source),
				answers: { lkmm: said('lkmm'), tso: said('tso'), sc: said('sc') },
			};
		});
}
