// SPDX-License-Identifier: MIT
/** The classic litmus tests, written from the literature's definitions, each with its verdict under three models. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelName } from '../../runner/memory/models';
import { packageRoot } from '../../runner/text/package-root';
import { parseLitmus } from './parse';
import type { Litmus } from './syntax';

const folder = join(packageRoot, 'test/fixtures/litmus');

/** The key of each model's verdict in the comment of a file. */
const KEYS: Readonly<Record<ModelName, string>> = { lkmm: 'Result', tso: 'TSO', sc: 'SC' };

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
			const stated = (model: ModelName) =>
				new RegExp(`^ \\* ${KEYS[model]}: (\\w+)$`, 'm').exec(source)?.[1] ?? 'nothing';
			return {
				file,
				litmus: parseLitmus(file, source),
				answers: { lkmm: stated('lkmm'), tso: stated('tso'), sc: stated('sc') },
			};
		});
}
