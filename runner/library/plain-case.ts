// SPDX-License-Identifier: MIT
/** Cases as plain data, which one thread can send to another. */
import type { Case } from './compile';
import { type PlainSource, YamlSource } from './yaml-source';

export interface PlainCase extends Omit<Case, 'source'> {
	readonly source: PlainSource;
}

export const toPlain = (test: Case): PlainCase => ({ ...test, source: test.source.toPlain() });

export const fromPlain = (plain: PlainCase): Case => ({
	...plain,
	source: YamlSource.fromPlain(plain.source),
});
