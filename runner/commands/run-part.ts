// SPDX-License-Identifier: MIT
/** Which part of the library a run is about: a shard of it, a profile. */
import type { Shard } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { InvalidFile } from '../library/diagnostic';
import { readLedger } from '../library/ledger';
import type { Library } from '../library/library';
import { libraryFolder } from '../library/library';
import { profileDiagnostics, readProfile } from '../library/profile';
import { parseShard } from '../library/shard';
import { text, UsageError, type Values } from './command';

export function shardOf(values: Values): Shard | undefined {
	const word = text(values, 'shard');
	if (word === undefined) return undefined;
	const shard = parseShard(word);
	if (!shard) throw new UsageError(`--shard takes I/N, such as 1/3, not "${word}"`);
	return shard;
}

/** Throws where the profile does not mean what it froze. */
export function ofProfile(name: string, { files, cases }: Library): readonly Case[] {
	const profile = readProfile(name);
	const { ledger } = readLedger(libraryFolder);
	const diagnostics = [...profileDiagnostics(profile, files, ledger)];
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return cases.filter(({ vector }) => Object.hasOwn(profile.vectors, vector.id));
}
