// SPDX-License-Identifier: MIT
/** Profiles: vectors/profiles/NAME.yaml, a frozen set of vectors to check a target against. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Ledger } from '../../schema/types/ledger';
import type { Profile as ProfileData } from '../../schema/types/profile';
import { UsageError } from '../text/user-error';
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

/** Lists the names of the profiles of a library, ascending. */
export function profileNames(library = libraryFolder): string[] {
	const folder = folderOf(library);
	if (!existsSync(folder)) return [];
	const names = readdirSync(folder).map((name) => basename(name, '.yaml'));
	return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Reads a profile; throws UsageError if its name is unknown, InvalidFile if the file is invalid. */
export function readProfile(name: string, library = libraryFolder): Profile {
	const names = profileNames(library);
	if (!names.includes(name))
		throw new UsageError(
			`there is no profile "${name}": ${names.length > 0 ? `use ${names.join(', ')}` : 'create one with dax-vectors lint --record-profile NAME'}`,
		);
	const source = YamlSource.read(join(folderOf(library), `${name}.yaml`));
	const diagnostics = validate(source, validator('profile'));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	const data = source.data as ProfileData;
	if (data.profile !== name) {
		const message = `profile ${data.profile} is in ${name}.yaml`;
		const hint = `Rename the file to ${data.profile}.yaml, or correct the name.`;
		throw new InvalidFile([source.diagnose(['profile'], { code: 'E_PROFILE', message, hint })]);
	}
	return { ...data, source };
}

/** Reports where a profile and the vectors disagree. For a tombstone, the ledger has the fingerprint. */
export function* profileDiagnostics(
	{ profile, vectors, source }: Profile,
	files: readonly VectorFile[],
	ledger: Ledger,
): Generator<Diagnostic> {
	const byId = new Map(files.map(({ vector }) => [vector.id, vector]));
	for (const [id, frozen] of Object.entries(vectors)) {
		const vector = byId.get(id);
		const report = (message: string, hint: string) =>
			source.diagnose(['vectors', id], { code: 'E_PROFILE', message, hint, at: 'key' });
		if (!vector) {
			yield report(
				`${id} has no file`,
				'Restore it: a profile is frozen. To give up a vector, keep its file with status retired.',
			);
			continue;
		}
		const retired = vector.status === 'retired';
		const meaning = retired ? ledger.ids[id]?.fingerprint : fingerprint(vector);
		if (meaning !== frozen)
			yield report(
				`${id} has changed its meaning since profile ${profile}`,
				`Undo the change, or retire ${id} and state the new meaning under a new id. ${again(profile)}`,
			);
		else if (vector.status === 'open')
			yield report(
				`${id} is open, but profile ${profile} is for normative vectors`,
				`Retire ${id}, and state the open question under a new id. ${again(profile)}`,
			);
	}
}

/** Hint with the command that records a profile again; users rely on a profile only after a release has it. */
const again = (name: string): string =>
	`If no release has this profile yet, record it again: rm vectors/profiles/${name}.yaml && dax-vectors lint --record-profile ${name}`;

/** Records a profile of all normative vectors and returns its file. Throws UsageError if the name is taken or malformed. */
export function recordProfile(
	name: string,
	files: readonly VectorFile[],
	version: string,
	library = libraryFolder,
): string {
	const file = join(folderOf(library), `${name}.yaml`);
	const shown = relative(process.cwd(), file);
	if (!/^\d+\.\d+$/.test(name))
		throw new UsageError(`"${name}" is not a name of a profile: use a number such as 1.0`);
	if (existsSync(file))
		throw new UsageError(
			`${shown} is frozen: use another name. If no release has it yet: rm ${shown}`,
		);
	const normative = files.filter(({ vector }) => vector.status === 'normative');
	const vectors = Object.fromEntries(
		normative.map(({ vector }) => [vector.id, fingerprint(vector)]),
	);
	const data: ProfileData = { format: 1, profile: name, since: version, vectors };
	const head = [
		'# yaml-language-server: $schema=../../schema/profile.schema.json',
		'# SPDX-License-Identifier: MIT',
		'# Frozen: later vectors never make a target fail that is checked against this profile.',
	];
	mkdirSync(folderOf(library), { recursive: true });
	// Only this function needs the package, which takes long to load.
	const { stringify } = require('yaml') as typeof import('yaml');
	writeFileSync(file, `${head.join('\n')}\n${stringify(data, { lineWidth: 0 })}`);
	return shown;
}
