// SPDX-License-Identifier: MIT
/** Profiles: vectors/profiles/NAME.yaml, a frozen set of vectors that a target can be held to for ever. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { stringify } from 'yaml';
import type { Ledger } from '../../schema/types/ledger';
import type { Profile as ProfileData } from '../../schema/types/profile';
import { UserError } from '../text/user-error';
import { type Diagnostic, InvalidFile } from './diagnostic';
import { fingerprint } from './fingerprint';
import { libraryFolder } from './library';
import type { VectorFile } from './load';
import { validator } from './schemas';
import { validate } from './validate';
import { YamlSource } from './yaml-source';

const folderOf = (library: string): string => join(library, 'profiles');

export interface Profile extends ProfileData {
	readonly source: YamlSource;
}

/** Names of the profiles of a library, ascending. */
export function profileNames(library = libraryFolder): string[] {
	const folder = folderOf(library);
	if (!existsSync(folder)) return [];
	const names = readdirSync(folder).map((name) => basename(name, '.yaml'));
	return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Throws UserError where there is none of that name, InvalidFile where it is none. */
export function readProfile(name: string, library = libraryFolder): Profile {
	const names = profileNames(library);
	if (!names.includes(name))
		throw new UserError(
			`there is no profile "${name}": ${names.length > 0 ? `use ${names.join(', ')}` : 'make one with dax-vectors profile NAME --record'}`,
		);
	const source = YamlSource.read(join(folderOf(library), `${name}.yaml`));
	const diagnostics = validate(source, validator('profile'));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	const data = source.data as ProfileData;
	if (data.profile !== name) {
		const message = `profile ${data.profile} stands in ${name}.yaml`;
		const hint = `Rename the file to ${data.profile}.yaml, or correct the name.`;
		throw new InvalidFile([source.diagnose(['profile'], { code: 'E_PROFILE', message, hint })]);
	}
	return { ...data, source };
}

/** Where a profile and the vectors disagree. A tombstone keeps the meaning that the ledger has of it. */
export function* profileDiagnostics(
	{ profile, vectors, source }: Profile,
	files: readonly VectorFile[],
	ledger: Ledger,
): Generator<Diagnostic> {
	const byId = new Map(files.map(({ vector }) => [vector.id, vector]));
	for (const [id, frozen] of Object.entries(vectors)) {
		const vector = byId.get(id);
		const complain = (message: string, hint: string) =>
			source.diagnose(['vectors', id], { code: 'E_PROFILE', message, hint, at: 'key' });
		if (!vector) {
			yield complain(
				`${id} has no file`,
				'Restore it: a profile is frozen. A vector that is no longer wanted stays as a tombstone.',
			);
			continue;
		}
		const retired = vector.status === 'retired';
		const meaning = retired ? ledger.ids[id]?.fingerprint : fingerprint(vector);
		if (meaning !== frozen)
			yield complain(
				`${id} does not mean what profile ${profile} froze`,
				`Undo the change, or retire ${id} and state the new meaning under a new id. ${again(profile)}`,
			);
		else if (vector.status === 'open')
			yield complain(
				`${id} is open, and profile ${profile} holds what is scored`,
				`Retire ${id}, and state what is open under a new id. ${again(profile)}`,
			);
	}
}

/** Only while nobody can have pinned it. */
const again = (name: string): string =>
	`A profile that no release had yet is made again: rm vectors/profiles/${name}.yaml && dax-vectors profile ${name} --record.`;

/** Makes a profile of all normative vectors; gives the file. Throws UserError where there is one of that name. */
export function recordProfile(
	name: string,
	files: readonly VectorFile[],
	version: string,
	library = libraryFolder,
): string {
	const file = join(folderOf(library), `${name}.yaml`);
	const shown = relative(process.cwd(), file);
	if (!/^\d+\.\d+$/.test(name))
		throw new UserError(`a profile is called like 1.0 or 1.1, not "${name}"`);
	if (existsSync(file))
		throw new UserError(
			`${shown} is frozen: take another name. If no release had it yet: rm ${shown}`,
		);
	const normative = files.filter(({ vector }) => vector.status === 'normative');
	const vectors = Object.fromEntries(
		normative.map(({ vector }) => [vector.id, fingerprint(vector)]),
	);
	const data: ProfileData = { format: 1, profile: name, since: version, vectors };
	const head = [
		'# yaml-language-server: $schema=../../schema/profile.schema.json',
		'# SPDX-License-Identifier: MIT',
		'# Frozen: a vector that came later never makes a target fail that pinned this.',
	];
	mkdirSync(folderOf(library), { recursive: true });
	writeFileSync(file, `${head.join('\n')}\n${stringify(data, { lineWidth: 0 })}`);
	return shown;
}
