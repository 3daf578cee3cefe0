// SPDX-License-Identifier: MIT
/** The part of the library that a run checks. */
import type { Shard } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { InvalidFile } from '../library/diagnostic';
import { type Library, libraryFolder } from '../library/library';
import { inShard, parseShard } from '../library/shard';
import { UsageError } from './option';
import type { RunValues } from './run-options';
import { casesOf } from './vector-words';

export interface Part {
	readonly cases: readonly Case[];
	readonly shard: Shard | undefined;
}

/** The cases that ids, files, tags, profile and shard leave. Throws UsageError, or UserError where they leave nothing. */
export function partOf(
	library: Library,
	words: readonly string[],
	{ profile, tag, shard: word }: RunValues,
): Part {
	const shard = word === undefined ? undefined : parseShard(word);
	if (word !== undefined && !shard)
		throw new UsageError(`--shard takes I/N, such as 1/3, not "${word}"`);
	const held = profile === undefined ? library.cases : casesOfProfile(profile, library);
	const selected = casesOf(held, words, tag);
	const cases = shard ? selected.filter(({ vector }) => inShard(shard, vector.id)) : selected;
	return { cases, shard };
}

/** Throws InvalidFile where a vector has another meaning than the profile froze. */
function casesOfProfile(name: string, { files, cases }: Library): readonly Case[] {
	const { profileDiagnostics, readProfile } =
		require('../library/profile') as typeof import('../library/profile');
	const { readLedger } = require('../library/ledger') as typeof import('../library/ledger');
	const profile = readProfile(name);
	const { ledger } = readLedger(libraryFolder);
	const diagnostics = [...profileDiagnostics(profile, files, ledger)];
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return cases.filter(({ vector }) => Object.hasOwn(profile.vectors, vector.id));
}
