// SPDX-License-Identifier: MIT
/** Lists of known failures: vectors/known-failures/TARGET.yaml. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { revisionName } from '../../implementations/revision-names';
import type { KnownFailures } from '../../schema/types/known-failures';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { type Diagnostic, format, InvalidFile } from '../library/diagnostic';
import { matches } from '../library/select';
import { YamlSource } from '../library/yaml-source';
import { nearest } from '../text/nearest';
import { UsageError } from '../text/user-error';
import { ownLists, updateCommand } from './update-command';

const CODE = 'E_KNOWN_FAILURE';

/** Returns the path of the list of a target or of an alias of it; the file may not exist. */
export const listFile = (target: string, folder = ownLists): string => {
	const file = join(folder, `${target}.yaml`);
	return existsSync(file) ? file : join(folder, `${revisionName(target)}.yaml`);
};

/** Resolves the value of --known-failures: a path, or the name of a list of the package or an alias of it. */
export function givenList(word: string): string {
	const own = listFile(word);
	return !existsSync(word) && /^[\w.-]+$/.test(word) && existsSync(own) ? own : resolve(word);
}

/** The same for a list to read. Throws UsageError with the names of the package's lists if there is no such list. */
export function existingList(word: string): string {
	const file = givenList(word);
	if (existsSync(file)) return file;
	const names = readdirSync(ownLists).map((name) => basename(name, '.yaml'));
	const like = nearest(word, names);
	const hint = like === undefined ? '' : ` did you mean ${like}?`;
	throw new UsageError(
		`no list of known failures "${word}":${hint} use the path of a file, or one of ${names.join(', ')}`,
	);
}

interface Reading {
	/** Accepts entries without expectations, which --update-known-failures records. */
	readonly recording?: boolean;
	/** Implementation for the commands in hints; default: guessed from the target. */
	readonly address?: string;
}

export class KnownFailureList {
	private constructor(
		readonly file: string,
		private readonly entries: KnownFailures['failures'],
		private readonly source?: YamlSource,
		private readonly address?: string,
	) {}

	/** Reads the list of a target, empty if it has none; throws InvalidFile. */
	static of(target: string, folder = ownLists, reading: Reading = {}): KnownFailureList {
		const file = listFile(target, folder);
		return existsSync(file) ? KnownFailureList.read(file, reading) : new KnownFailureList(file, []);
	}

	/** Reads a list, as the build compiled it if that is current; throws InvalidFile. */
	static read(file: string, reading: Reading = {}): KnownFailureList {
		const source = YamlSource.compiled(file);
		return source
			? new KnownFailureList(file, (source.data as KnownFailures).failures, source, reading.address)
			: KnownFailureList.check(file, reading);
	}

	/** Reads a list from YAML, and checks it; throws InvalidFile. */
	static check(file: string, reading: Reading = {}): KnownFailureList {
		const source = YamlSource.read(file);
		const missing = [...missingParts(source, file, reading)];
		const diagnostics = missing.length > 0 ? missing : schemaDiagnostics(source);
		if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
		const { target, failures } = source.data as KnownFailures;
		if (target !== basename(file, '.yaml')) {
			const message = `target "${target}" is in ${basename(file)}`;
			const hint = `Rename the file to ${target}.yaml, or correct the target.`;
			throw new InvalidFile([source.diagnose(['target'], { code: CODE, message, hint })]);
		}
		return new KnownFailureList(file, failures, source, reading.address);
	}

	/** Finds the first entry and pattern that match a case. */
	find(id: string) {
		for (const { fails, reason, link } of this.entries)
			for (const [pattern, recorded] of Object.entries(fails))
				if (matches(pattern, id)) return { recorded, reason, link };
		return undefined;
	}

	/** Returns the result, changed to xfail or xpass if the list has an entry for it. */
	apply(result: Result): Result {
		if (!result.scored) return result;
		const known = this.find(result.id);
		if (!known) return result;
		const { recorded, reason, link } = known;
		const onlyOrders = recorded.length > 0 && recorded.every(isOrder);
		const update = updateCommand(this.file, result.implementation);
		const exhaustive = result.completeness.kind === 'exhaustive';
		if (result.verdict === 'fail') {
			const difference = differenceOf(recorded, expectationsOf(result), exhaustive);
			if (difference === null) return { ...result, verdict: 'xfail', reason, link };
			const message = `fails differently from the known-failures entry: ${difference}; reason of the entry: ${reason}; to record what fails now: ${update}`;
			return { ...result, reason: message };
		}
		// A run that is not exhaustive may have left out the interleaving that fails.
		if (result.verdict !== 'pass' || !exhaustive || onlyOrders) return result;
		const message = `passes, but is a known failure: ${reason}; to remove the entry: ${update}`;
		return { ...result, verdict: 'xpass', reason: message };
	}

	/** Returns formatted diagnostics for patterns that match no normative vector. */
	problems(library: readonly Case[]): string[] {
		const isMatched = (pattern: string) =>
			library.some((test) => matches(pattern, test.id) && test.vector.status === 'normative');
		return this.entries.flatMap(({ fails }, index) =>
			Object.keys(fails).flatMap((pattern) => {
				if (!this.source || isMatched(pattern)) return [];
				const diagnostic = this.source.diagnose(['failures', index, 'fails', pattern], {
					code: CODE,
					message: `"${pattern}" matches no normative vector`,
					hint: `To remove the entry: ${updateCommand(this.file, this.address)}`,
					at: 'key',
				});
				return [format(diagnostic)];
			}),
		);
	}
}

function schemaDiagnostics(source: YamlSource): Diagnostic[] {
	// Not loaded for lists that the build checked.
	const { validate } = require('../library/validate') as typeof import('../library/validate');
	const { validator } = require('../library/schemas') as typeof import('../library/schemas');
	return validate(source, validator('known-failures'));
}

/** Returns the expectations that a result fails, each once, sorted. */
export const expectationsOf = ({ failures }: Result): string[] =>
	[...new Set(failures.map(({ expectation }) => expectation))].sort();

/** Returns whether an expectation is the outcome of a named order, which only --order named can fail. */
export const isOrder = (expectation: string): boolean => expectation.startsWith('orders/');

/** Describes how a failure differs from its entry; null if it does not. */
function differenceOf(
	recorded: readonly string[],
	seen: readonly string[],
	exhaustive: boolean,
): string | null {
	const more = seen.filter((each) => !recorded.includes(each));
	// A run that is not exhaustive may miss some of them.
	const less = recorded.filter((each) => exhaustive && !isOrder(each) && !seen.includes(each));
	if (recorded.length === 0 || more.length + less.length === 0) return null;
	return [
		...(more.length > 0 ? [`fails ${more.join(', ')}`] : []),
		...(less.length > 0 ? [`no longer fails ${less.join(', ')}`] : []),
	].join(', ');
}

/** Reports reasons, links and expectations that --update-known-failures or an author left empty. */
function* missingParts(
	source: YamlSource,
	file: string,
	{ recording, address }: Reading,
): Generator<Diagnostic> {
	const { failures } = (source.data ?? {}) as { failures?: unknown };
	if (!Array.isArray(failures)) return;
	for (const [index, entry] of failures.entries()) {
		const fails = Object.entries(entry?.fails ?? {});
		const patterns = fails.map(([pattern]) => pattern).join(', ');
		for (const [key, hint] of Object.entries(HINTS)) {
			if (typeof entry?.[key] !== 'string' || entry[key].trim() !== '') continue;
			const message = `the ${key} of ${patterns} is empty`;
			yield source.diagnose(['failures', index, key], { code: CODE, message, hint });
		}
		for (const [pattern, recorded] of fails) {
			if (recording || !Array.isArray(recorded) || recorded.length > 0) continue;
			const message = `the entry of ${pattern} has no expectations`;
			const hint = `To record them: ${updateCommand(file, address)}`;
			const path = ['failures', index, 'fails', pattern];
			yield source.diagnose(path, { code: CODE, message, hint });
		}
	}
}

const HINTS = {
	reason: 'Say why the target fails.',
	link: 'Cite the source of the reason: commit HASH ("SUBJECT"), or <MESSAGE-ID>.',
} as const;
