// SPDX-License-Identifier: MIT
/** What a target is known to fail: vectors/known-failures/TARGET.yaml. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { KnownFailures } from '../schema/types/known-failures';
import type { Result } from '../schema/types/report';
import { matches } from './select';
import { shellWord } from './shell-word';
import type { Case } from './vector/compile';
import { type Diagnostic, format, RefusedError } from './vector/errors';
import { libraryFolder } from './vector/load';
import { validator } from './vector/schemas';
import { Source } from './vector/source';
import { validate } from './vector/validate';

const ownLists = join(libraryFolder, 'known-failures');

/** The file of a target's own list, whether there is one or not. */
export const listFile = (target: string, folder = ownLists): string =>
	join(folder, `${target}.yaml`);

/** The file that a person means: a path, or the name of a list that comes with the package. */
export function givenList(word: string): string {
	const own = listFile(word);
	return !existsSync(word) && /^[\w.-]+$/.test(word) && existsSync(own) ? own : resolve(word);
}

export class KnownFailureList {
	private constructor(
		private readonly file: string,
		private readonly source: Source | null,
		private readonly entries: KnownFailures['failures'],
	) {}

	/** The list of a target, empty when it has none; throws RefusedError. */
	static of(target: string, folder = ownLists): KnownFailureList {
		const file = listFile(target, folder);
		return existsSync(file) ? KnownFailureList.read(file) : new KnownFailureList(file, null, []);
	}

	/** Throws RefusedError. */
	static read(file: string): KnownFailureList {
		const source = Source.read(file);
		const blank = [...blanks(source)];
		const diagnostics = blank.length > 0 ? blank : validate(source, validator('known-failures'));
		if (diagnostics.length > 0) throw new RefusedError(diagnostics.map(withEditor));
		const { target, failures } = source.data as KnownFailures;
		if (target !== basename(file, '.yaml')) {
			const message = `target "${target}" stands in ${basename(file)}`;
			const hint = `Rename the file to ${target}.yaml, or correct the target.`;
			throw new RefusedError([withEditor(source.at(['target'], 'E_KNOWN_FAILURE', message, hint))]);
		}
		return new KnownFailureList(file, source, failures);
	}

	/** A result in the light of what was known. */
	apply(result: Result): Result {
		if (!result.scored) return result;
		const entry = this.entries.find(({ ids }) => ids.some((id) => matches(id, result.id)));
		if (!entry) return result;
		if (result.verdict === 'fail')
			return { ...result, verdict: 'xfail', reason: entry.reason, link: entry.link };
		// Only every interleaving contradicts the list; the one that fails may be among those left out.
		if (result.verdict !== 'pass' || result.completeness.kind !== 'exhaustive') return result;
		const repair = updateCommand(this.file, result.implementation);
		const reason = `known to fail, but passes: ${entry.reason}; to strike it off: ${repair}`;
		return { ...result, verdict: 'xpass', reason };
	}

	/** What is wrong with the list, whatever was run: patterns that match nothing that is scored. */
	problems(library: readonly Case[]): string[] {
		const ids = library.filter(({ vector }) => vector.status === 'normative').map(({ id }) => id);
		return this.entries.flatMap((entry, index) =>
			entry.ids.flatMap((pattern, place) => {
				if (ids.some((id) => matches(pattern, id))) return [];
				const message = `"${pattern}" matches no normative vector`;
				const repair = updateCommand(this.file, addressOf(basename(this.file, '.yaml')));
				const hint = `Nothing that it could excuse is scored. To strike it off: ${repair}`;
				const path = ['failures', index, 'ids', place];
				return [format(this.source!.at(path, 'E_KNOWN_FAILURE', message, hint))];
			}),
		);
	}
}

/** What --update-known-failures could not know. Lint and every run refuse it, so that a person fills it in. */
function* blanks(source: Source): Generator<Diagnostic> {
	const { failures } = (source.data ?? {}) as Partial<KnownFailures>;
	if (!Array.isArray(failures)) return;
	for (const [index, entry] of failures.entries()) {
		for (const key of ['reason', 'link'] as const) {
			if (typeof entry?.[key] !== 'string' || entry[key].trim() !== '') continue;
			const message = `the ${key} of ${String(entry.ids)} is blank`;
			const hint =
				key === 'reason'
					? 'Say why the target fails.'
					: 'Say where that is known from: commit HASH ("SUBJECT"), or <MESSAGE-ID>.';
			yield source.at(['failures', index, key], 'E_KNOWN_FAILURE', message, hint);
		}
	}
}

/** Only a person knows what is missing: the command opens the file where it is. */
function withEditor(diagnostic: Diagnostic): Diagnostic {
	const { file, line, hint } = diagnostic;
	return {
		...diagnostic,
		hint: `${hint} There: \${EDITOR:-vi} +${Math.max(line, 1)} ${shellWord(file)}`,
	};
}

/** The command that repairs a list where a run can tell what is wrong with it. */
function updateCommand(file: string, address: string): string {
	const own = dirname(file) === ownLists;
	const tree = address.startsWith('native:');
	const list = own ? basename(file, '.yaml') : relative(process.cwd(), file);
	// A tree of the user's has no list by itself: the one that was given is given again.
	const given = own && !tree ? '' : ` --known-failures ${shellWord(list)}`;
	return `dax-vectors run --implementation ${shellWord(address)}${given} --update-known-failures`;
}

/** A list that comes with the package is that of a revision, or of a file that Debian ships. */
function addressOf(target: string): string {
	if (target.startsWith('debian-')) return 'native:LINUX';
	return target === 'merged' ? 'reference' : `reference:${target}`;
}
