// SPDX-License-Identifier: MIT
/** What a target is known to fail: vectors/known-failures/TARGET.yaml. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { KnownFailures } from '../../schema/types/known-failures';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { type Diagnostic, format, InvalidFile } from '../library/diagnostic';
import { validator } from '../library/schemas';
import { matches } from '../library/select';
import { validate } from '../library/validate';
import { YamlSource } from '../library/yaml-source';
import { ownLists, updateCommand, withEditor } from './repair-commands';

/** The file of a target's own list, whether there is one or not. */
export const listFile = (target: string, folder = ownLists): string =>
	join(folder, `${target}.yaml`);

/** The file that a person means: a path, or the name of a list that comes with the package. */
export function givenList(word: string): string {
	const own = listFile(word);
	return !existsSync(word) && /^[\w.-]+$/.test(word) && existsSync(own) ? own : resolve(word);
}

interface Reading {
	/** What is to be recorded may be blank: how each vector fails. */
	readonly recording?: boolean;
	/** What is run with it, so that complaints can say how to repair it; guessed from the target without. */
	readonly address?: string;
}

export class KnownFailureList {
	private constructor(
		readonly file: string,
		private readonly source: YamlSource | null,
		private readonly entries: KnownFailures['failures'],
		private readonly address?: string,
	) {}

	/** The list of a target, empty when it has none; throws InvalidFile. */
	static of(target: string, folder = ownLists, reading: Reading = {}): KnownFailureList {
		const file = listFile(target, folder);
		return existsSync(file)
			? KnownFailureList.read(file, reading)
			: new KnownFailureList(file, null, []);
	}

	/** Throws InvalidFile. */
	static read(file: string, reading: Reading = {}): KnownFailureList {
		const source = YamlSource.read(file);
		const blank = [...blanks(source, file, reading)];
		const invalid = () => validate(source, validator('known-failures')).map(withEditor);
		const diagnostics = blank.length > 0 ? blank : invalid();
		if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
		const { target, failures } = source.data as KnownFailures;
		if (target !== basename(file, '.yaml')) {
			const message = `target "${target}" stands in ${basename(file)}`;
			const hint = `Rename the file to ${target}.yaml, or correct the target.`;
			throw new InvalidFile([
				withEditor(source.diagnose(['target'], { code: 'E_KNOWN_FAILURE', message, hint })),
			]);
		}
		return new KnownFailureList(file, source, failures, reading.address);
	}

	/** What is known of a case: the first entry and the first pattern that mean it. */
	private find(id: string) {
		for (const { fails, reason, link } of this.entries)
			for (const [pattern, recorded] of Object.entries(fails))
				if (matches(pattern, id)) return { recorded, reason, link };
		return undefined;
	}

	/** A result in the light of what was known. */
	apply(result: Result): Result {
		if (!result.scored) return result;
		const known = this.find(result.id);
		if (!known) return result;
		const { recorded, reason, link } = known;
		const onlyOrders = recorded.length > 0 && recorded.every(isOrder);
		const repair = updateCommand(this.file, result.implementation);
		const exhaustive = result.completeness.kind === 'exhaustive';
		if (result.verdict === 'fail') {
			const told = otherwise(recorded, expectationsOf(result), exhaustive);
			if (told === null) return { ...result, verdict: 'xfail', reason, link };
			return {
				...result,
				reason: `${told}; was known: ${reason}; to record what fails: ${repair}`,
			};
		}
		// Only every interleaving contradicts the list; the one that fails may be among those left out.
		if (result.verdict !== 'pass' || !exhaustive || onlyOrders) return result;
		const told = `known to fail, but passes: ${reason}; to strike it off: ${repair}`;
		return { ...result, verdict: 'xpass', reason: told };
	}

	/** What is wrong with the list, whatever was run: patterns that match nothing that is scored. */
	problems(library: readonly Case[]): string[] {
		const ids = library.filter(({ vector }) => vector.status === 'normative').map(({ id }) => id);
		return this.entries.flatMap(({ fails }, index) =>
			Object.keys(fails).flatMap((pattern) => {
				if (ids.some((id) => matches(pattern, id))) return [];
				const message = `"${pattern}" matches no normative vector`;
				const hint = `Nothing that it could excuse is scored. To strike it off: ${updateCommand(this.file, this.address)}`;
				const path = ['failures', index, 'fails', pattern];
				return [
					format(
						this.source!.diagnose(path, { code: 'E_KNOWN_FAILURE', message, hint, at: 'key' }),
					),
				];
			}),
		);
	}
}

/** What a result fails, whatever the interleaving and the engine: each expectation once, sorted. */
export const expectationsOf = ({ failures }: Result): string[] =>
	[...new Set(failures.map(({ expectation }) => expectation))].sort();

/** Is it about how a named order ends? Only a run that drives those sees it fail. */
export const isOrder = (expectation: string): boolean => expectation.startsWith('orders/');

/** How a failure is another one than is recorded; null when it is that one. */
function otherwise(
	recorded: readonly string[],
	seen: readonly string[],
	exhaustive: boolean,
): string | null {
	const more = seen.filter((each) => !recorded.includes(each));
	// Which of them fail is only known from every interleaving.
	const less = recorded.filter((each) => exhaustive && !isOrder(each) && !seen.includes(each));
	if (recorded.length === 0 || more.length + less.length === 0) return null;
	const told = [
		...(more.length > 0 ? [`fails ${more.join(', ')}`] : []),
		...(less.length > 0 ? [`no longer fails ${less.join(', ')}`] : []),
	];
	return `fails otherwise than recorded (${recorded.join(', ')}): ${told.join(', ')}`;
}

/** What --update-known-failures could not know. Lint and every run refuse it, so that a person fills it in. */
function* blanks(
	source: YamlSource,
	file: string,
	{ recording, address }: Reading,
): Generator<Diagnostic> {
	const { failures } = (source.data ?? {}) as { failures?: unknown };
	if (!Array.isArray(failures)) return;
	for (const [index, entry] of failures.entries()) {
		const { ids, fails } = entry ?? {};
		const names = ids ?? Object.keys(fails ?? {});
		for (const key of ['reason', 'link'] as const) {
			if (typeof entry?.[key] !== 'string' || entry[key].trim() !== '') continue;
			const message = `the ${key} of ${String(names)} is blank`;
			const hint =
				key === 'reason'
					? 'Say why the target fails.'
					: 'Say where that is known from: commit HASH ("SUBJECT"), or <MESSAGE-ID>.';
			yield withEditor(
				source.diagnose(['failures', index, key], { code: 'E_KNOWN_FAILURE', message, hint }),
			);
		}
		if (ids) {
			const message = `ids says which vectors fail, but not what they fail`;
			const hint = `Write {${[ids].flat().join(': [], ')}: []} under fails instead of ids; to record the rest: ${updateCommand(file, address)}`;
			yield source.diagnose(['failures', index, 'ids'], {
				code: 'E_KNOWN_FAILURE',
				message,
				hint,
				at: 'key',
			});
		}
		for (const [pattern, what] of Object.entries(fails ?? {})) {
			if (recording || !Array.isArray(what) || what.length > 0) continue;
			const message = `what ${pattern} fails is not recorded`;
			const hint = `To record it: ${updateCommand(file, address)}`;
			yield source.diagnose(['failures', index, 'fails', pattern], {
				code: 'E_KNOWN_FAILURE',
				message,
				hint,
			});
		}
	}
}
