// SPDX-License-Identifier: MIT
/** What a target is known to fail: vectors/known-failures/TARGET.yaml. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KnownFailures } from '../schema/types/known-failures';
import type { Result } from '../schema/types/report';
import { matches } from './select';
import type { Case } from './vector/compile';
import { format, RefusedError } from './vector/errors';
import { libraryFolder } from './vector/load';
import { validator } from './vector/schemas';
import { Source } from './vector/source';
import { validate } from './vector/validate';

export class KnownFailureList {
	private constructor(
		private readonly source: Source | null,
		private readonly entries: KnownFailures['failures'],
	) {}

	/** The list of a target, empty when it has none; throws RefusedError. */
	static of(target: string, folder = join(libraryFolder, 'known-failures')): KnownFailureList {
		const file = join(folder, `${target}.yaml`);
		return existsSync(file) ? KnownFailureList.read(file) : new KnownFailureList(null, []);
	}

	/** Throws RefusedError. */
	static read(file: string): KnownFailureList {
		const source = Source.read(file);
		const diagnostics = validate(source, validator('known-failures'));
		if (diagnostics.length > 0) throw new RefusedError(diagnostics);
		const { target, failures } = source.data as KnownFailures;
		if (target !== basename(file, '.yaml')) {
			const message = `target "${target}" stands in ${basename(file)}`;
			const hint = `Rename the file to ${target}.yaml, or correct the target.`;
			throw new RefusedError([source.at(['target'], 'E_KNOWN_FAILURE', message, hint)]);
		}
		return new KnownFailureList(source, failures);
	}

	/** A result in the light of what was known. */
	apply(result: Result): Result {
		if (!result.scored) return result;
		const entry = this.entries.find(({ ids }) => ids.some((id) => matches(id, result.id)));
		if (!entry) return result;
		if (result.verdict === 'fail') return { ...result, verdict: 'xfail', reason: entry.reason };
		// Only every interleaving contradicts the list; the one that fails may be among those left out.
		if (result.verdict !== 'pass' || result.completeness.kind !== 'exhaustive') return result;
		return { ...result, verdict: 'xpass', reason: `known to fail, but passes: ${entry.reason}` };
	}

	/** What is wrong with the list, whatever was run: patterns that match nothing that is scored. */
	problems(library: readonly Case[]): string[] {
		const ids = library.filter(({ vector }) => vector.status === 'normative').map(({ id }) => id);
		return this.entries.flatMap((entry, index) =>
			entry.ids.flatMap((pattern, place) => {
				if (ids.some((id) => matches(pattern, id))) return [];
				const message = `"${pattern}" matches no normative vector`;
				const hint = 'Remove it: nothing that it could excuse is scored.';
				const path = ['failures', index, 'ids', place];
				return [format(this.source!.at(path, 'E_KNOWN_FAILURE', message, hint))];
			}),
		);
	}
}
